import {
  allowedValues,
  envNameOf,
  groupLabels,
  groups,
  type Setting,
  settingGroups,
} from '../../../packages/contract/src/index.ts';
import { defaultText } from './default-text.ts';

/** What everybody has to look at; the rest stays a comment, so that its default can improve. */
const toBeSet = ['matomo_url', 'matomo_site_id', 'matomo_token_auth'];

const width = 100;

/** The whole of .env.example. */
export function envExample(): string {
  const head = [
    '# All settings of the loader. Copy this file to .env and set what you need.',
    '# What is commented out shows its default. An empty value means: not set.',
  ];
  const body = groups.flatMap((group) => [
    '',
    `# --- ${groupLabels[group]} ---`,
    ...Object.entries(settingGroups[group]).flatMap(([name, setting]) => entry(name, setting)),
  ]);
  return `${[...head, ...body].join('\n')}\n`;
}

function entry(name: string, setting: Setting): string[] {
  const assignment = `${envNameOf(name)}=${defaultText(setting)}`;
  const allowed = setting.kind === 'text' ? '' : ` Allowed: ${allowedValues(setting)}.`;
  return [
    '',
    ...wrapped(`${setting.help}${allowed}`),
    toBeSet.includes(name) ? assignment : `#${assignment}`,
  ];
}

function wrapped(text: string): string[] {
  const lines: string[] = [];
  let line = '#';
  for (const word of text.split(' ')) {
    if (line.length + word.length + 1 > width) {
      lines.push(line);
      line = '#';
    }
    line += ` ${word}`;
  }
  return [...lines, line];
}
