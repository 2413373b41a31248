/**
 * Writes the device catalogue `packages/loader/src/plan/data/devices.json` from the npm package
 * `user-agents` (BSD-2-Clause), a weighted sample of browsers seen on real sites.
 * Deterministic: the same version of the package gives the same catalogue. Run: `node tools/gen/devices.ts`.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import UserAgent, { type UserAgentData } from 'user-agents';
import { type Agent, agentsOf, pluginFlags, screensOf } from './material/browser-sample.ts';
import { clientHints, type HintDetail, hasClientHints } from './material/client-hints.ts';
import {
  androidPhones,
  androidTablets,
  type DeviceClass,
  deviceClasses,
  macosReleases,
  windowsReleases,
} from './material/device-classes.ts';

interface Row {
  readonly weight: number;
  readonly kind: string;
  readonly user_agent: string;
  readonly client_hints: string | null;
  readonly resolutions: readonly string[];
  readonly plugins: string;
}

interface Variant {
  readonly weight: number;
  readonly hints: HintDetail | null;
  readonly resolutions: readonly string[];
}

function variantsOf(agent: Agent, cls: DeviceClass): readonly Variant[] {
  const resolutions = screensOf(agent);
  const desktop = (platform: HintDetail['platform'], platform_version: string, weight: number) => ({
    weight,
    resolutions,
    hints: { platform, platform_version, model: '', form_factor: 'Desktop' as const },
  });
  if (!hasClientHints(agent.text)) return [{ weight: 1, hints: null, resolutions }];
  switch (cls.name) {
    case 'windows':
      return windowsReleases.map((r) => desktop('Windows', r.platform_version, r.weight));
    case 'macos':
      return macosReleases.map((r) => desktop('macOS', r.platform_version, r.weight));
    case 'linux':
      return [desktop('Linux', '', 1)];
    case 'chromeos':
      return [desktop('Chrome OS', '16433.59.0', 1)];
    default: {
      const samsung = agent.text.includes('SamsungBrowser');
      const models = cls.kind === 'tablet' ? androidTablets : androidPhones;
      return models
        .filter((model) => !samsung || model.model.startsWith('SM-'))
        .map(({ model, platform_version, resolution, weight }) => ({
          weight,
          resolutions: [resolution],
          hints: {
            platform: 'Android' as const,
            platform_version,
            model,
            form_factor: cls.kind === 'tablet' ? ('Tablet' as const) : ('Mobile' as const),
          },
        }));
    }
  }
}

function rowsOf(sample: readonly UserAgentData[], cls: DeviceClass): Row[] {
  const agents = agentsOf(sample, cls);
  const total = agents.reduce((sum, agent) => sum + agent.weight, 0);
  return agents.flatMap((agent) => {
    const variants = variantsOf(agent, cls);
    const parts = variants.reduce((sum, variant) => sum + variant.weight, 0);
    return variants.map((variant) => ({
      weight: Number(((cls.share * agent.weight * variant.weight) / total / parts).toFixed(6)),
      kind: cls.kind,
      user_agent: agent.text,
      client_hints: variant.hints === null ? null : clientHints(agent.text, variant.hints),
      resolutions: variant.resolutions,
      plugins: pluginFlags(agent),
    }));
  });
}

const packageFile = new URL('../package.json', import.meta.resolve('user-agents'));
const { version } = JSON.parse(readFileSync(packageFile, 'utf8')) as { version: string };
const sample = UserAgent.top(1_000_000);
const devices = deviceClasses.flatMap((cls) => rowsOf(sample, cls));
const target = new URL('../../packages/loader/src/plan/data/devices.json', import.meta.url);
const head = {
  source: `npm package user-agents ${version} (BSD-2-Clause, Intoli LLC): browsers and screens within each class`,
  made_by: 'tools/gen/devices.ts',
  sampled_on: '2026-11-20',
  class_shares: Object.fromEntries(deviceClasses.map((cls) => [cls.name, cls.share])),
};
const lines = devices.map((device) => `    ${JSON.stringify(device)}`);
writeFileSync(
  target,
  `${JSON.stringify(head, null, 2).slice(0, -2)},\n  "devices": [\n${lines.join(',\n')}\n  ]\n}\n`,
);
process.stdout.write(`${devices.length} devices written to ${target.pathname}\n`);
