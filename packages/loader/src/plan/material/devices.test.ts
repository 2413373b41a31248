import DeviceDetector from 'device-detector-js';
import { describe, expect, it } from 'vitest';
import { deviceCatalogue } from './devices.ts';

const devices = deviceCatalogue();
const detector = new DeviceDetector({ skipBotDetection: false });

interface Hints {
  readonly fullVersionList: readonly { readonly brand: string; readonly version: string }[];
  readonly mobile: boolean;
  readonly model: string;
  readonly platform: string;
  readonly platformVersion: string;
  readonly formFactors: readonly string[];
}

const withHints = devices.flatMap((device) =>
  device.client_hints === null
    ? []
    : [{ ...device, hints: JSON.parse(device.client_hints.raw) as Hints }],
);

function shareOf(chosen: readonly { readonly weight: number }[]): number {
  return chosen.reduce((sum, device) => sum + device.weight, 0);
}

describe('devices', () => {
  it('are 40 to 80, their weights summing to 1', () => {
    expect(devices.length).toBeGreaterThanOrEqual(40);
    expect(devices.length).toBeLessThanOrEqual(80);
    expect(shareOf(devices)).toBeCloseTo(1, 4);
    expect(Math.min(...devices.map((device) => device.weight))).toBeGreaterThan(0);
  });

  it('are desktops, phones and tablets in plausible shares', () => {
    const share = (kind: string) => shareOf(devices.filter((device) => device.kind === kind));
    expect(share('desktop')).toBeCloseTo(0.45, 3);
    expect(share('smartphone')).toBeCloseTo(0.5, 3);
    expect(share('tablet')).toBeCloseTo(0.05, 3);
  });

  it('are no robots and have a known operating system', () => {
    for (const { user_agent: agent } of devices) {
      const found = detector.parse(agent.raw);
      expect(found.bot, agent.raw).toBeNull();
      expect(found.client, agent.raw).not.toBeNull();
      expect(found.os?.name, agent.raw).toMatch(/Windows|Mac|iOS|iPadOS|Android|Linux|Chrome OS/);
    }
    expect(detector.parse('Googlebot/2.1 (+http://www.google.com/bot.html)').bot).not.toBeNull();
  });

  it('are what they seem: kind, client hints and user agent agree', () => {
    const factor = { desktop: 'Desktop', smartphone: 'Mobile', tablet: 'Tablet' };
    for (const { hints, kind, user_agent: agent } of withHints) {
      expect(hints.formFactors).toEqual([factor[kind]]);
      expect(hints.mobile).toBe(kind === 'smartphone');
      expect(hints.mobile).toBe(agent.raw.includes(' Mobile '));
      expect(hints.model !== '').toBe(hints.platform === 'Android');
      expect(agent.raw).toContain(
        {
          Windows: 'Windows NT 10.0',
          macOS: 'Macintosh',
          Linux: 'X11; Linux',
          'Chrome OS': 'CrOS',
          Android: 'Android 10; K',
        }[hints.platform],
      );
      const major = / Chrome\/(\d+)/.exec(agent.raw)?.[1];
      const chromium = hints.fullVersionList.find((entry) => entry.brand === 'Chromium');
      expect(chromium?.version.split('.')[0]).toBe(major);
      expect(hints.fullVersionList).toHaveLength(3);
    }
  });

  it('have client hints exactly where Chromium runs', () => {
    for (const { client_hints: hints, user_agent: agent } of devices) {
      expect(hints !== null, agent.raw).toBe(agent.raw.includes(' Chrome/'));
    }
  });

  it('include Windows 10 and Windows 11', () => {
    const windows = withHints.filter(({ hints }) => hints.platform === 'Windows');
    const eleven = windows.filter(({ hints }) => Number.parseInt(hints.platformVersion, 10) >= 13);
    expect(shareOf(eleven) / shareOf(windows)).toBeGreaterThan(0.5);
    expect(shareOf(eleven) / shareOf(windows)).toBeLessThan(0.9);
  });

  it('differ from each other', () => {
    const keys = devices.map((device) => `${device.user_agent.raw} ${device.client_hints?.raw}`);
    expect(new Set(keys).size).toBe(devices.length);
  });

  it('have screens that Matomo keeps whole and plug-in flags of the tracker', () => {
    for (const { kind, resolutions, plugins } of devices) {
      expect(resolutions.length).toBeGreaterThan(0);
      for (const resolution of resolutions) {
        expect(resolution).toMatch(/^\d{3,4}x\d{3,4}$/);
        const [width = 0, height = 0] = resolution.split('x').map(Number);
        expect(width > height, resolution).toBe(kind === 'desktop');
      }
      expect(plugins).toMatch(/^(&pdf=1&qt=0&realp=0&wma=0&fla=0&java=0&ag=0)?&cookie=1$/);
    }
  });
});
