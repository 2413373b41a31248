/**
 * What the sample of real browsers cannot say: how common each class of device is among the visitors
 * of an ordinary site, and what stands behind a frozen user agent (Chromium reports `Windows NT 10.0`,
 * `Mac OS X 10_15_7` and `Android 10; K` for everybody; the truth travels in client hints).
 */

/** A class of devices: its share of visitors and how to know its members in the sample. */
export interface DeviceClass {
  readonly name: string;
  readonly kind: 'desktop' | 'smartphone' | 'tablet';
  /** Share of all visitors. Rounded from published usage shares; the classes sum to 1. */
  readonly share: number;
  /** The user agent's platform part. */
  readonly agent: RegExp;
  /** `navigator.platform` must agree with the user agent, or the row is a disguised script. */
  readonly platform: RegExp;
  /** Sides of the screen in CSS pixels that such a device has, shorter side first. */
  readonly short_side: readonly [number, number];
  /** How many user agents to keep. */
  readonly keep: number;
}

export const deviceClasses: readonly DeviceClass[] = [
  {
    name: 'windows',
    kind: 'desktop',
    share: 0.3,
    agent: /Windows NT 10\.0/,
    platform: /^Win32$/,
    short_side: [720, 1600],
    keep: 8,
  },
  {
    name: 'macos',
    kind: 'desktop',
    share: 0.11,
    agent: /Macintosh; Intel/,
    platform: /^MacIntel$/,
    short_side: [800, 1600],
    keep: 8,
  },
  {
    name: 'linux',
    kind: 'desktop',
    share: 0.025,
    agent: /X11;.* Linux x86_64/,
    platform: /^Linux x86_64$/,
    short_side: [720, 1600],
    keep: 2,
  },
  {
    name: 'chromeos',
    kind: 'desktop',
    share: 0.015,
    agent: /X11; CrOS/,
    platform: /^Linux x86_64$/,
    short_side: [720, 1200],
    keep: 1,
  },
  {
    name: 'iphone',
    kind: 'smartphone',
    share: 0.235,
    agent: /\(iPhone;/,
    platform: /^iPhone$/,
    short_side: [375, 440],
    keep: 12,
  },
  {
    name: 'android',
    kind: 'smartphone',
    share: 0.265,
    agent: /Android 10; K\).*Mobile/,
    platform: /^Linux a/,
    short_side: [340, 480],
    keep: 3,
  },
  {
    name: 'ipad',
    kind: 'tablet',
    share: 0.025,
    agent: /\(iPad;/,
    platform: /^iPad$/,
    short_side: [744, 1032],
    keep: 3,
  },
  {
    name: 'android_tablet',
    kind: 'tablet',
    share: 0.025,
    agent: /Android 10; K\)(?!.*Mobile)/,
    platform: /^Linux a/,
    short_side: [600, 1000],
    keep: 1,
  },
];

/** An operating system release behind a frozen user agent, as `platformVersion` reports it. */
export interface Release {
  readonly platform_version: string;
  readonly weight: number;
}

/** Windows 10 reports 10.0.0, Windows 11 reports 13 and more: 22H2 and 23H2 15, 24H2 and 25H2 19. */
export const windowsReleases: readonly Release[] = [
  { platform_version: '10.0.0', weight: 0.28 },
  { platform_version: '15.0.0', weight: 0.14 },
  { platform_version: '19.0.0', weight: 0.58 },
];

export const macosReleases: readonly Release[] = [
  { platform_version: '15.7.1', weight: 0.45 },
  { platform_version: '26.1.0', weight: 0.55 },
];

/** An Android model: its screen in CSS pixels goes with it. */
export interface AndroidModel {
  readonly model: string;
  readonly platform_version: string;
  readonly resolution: string;
  readonly weight: number;
}

export const androidPhones: readonly AndroidModel[] = [
  { model: 'SM-S921B', platform_version: '15.0.0', resolution: '360x780', weight: 12 },
  { model: 'SM-S928B', platform_version: '15.0.0', resolution: '384x832', weight: 10 },
  { model: 'SM-A556B', platform_version: '15.0.0', resolution: '360x780', weight: 13 },
  { model: 'SM-A156B', platform_version: '14.0.0', resolution: '360x780', weight: 11 },
  { model: 'Pixel 8', platform_version: '16.0.0', resolution: '412x915', weight: 8 },
  { model: 'Pixel 9 Pro', platform_version: '16.0.0', resolution: '410x914', weight: 6 },
  { model: '23129RAA4G', platform_version: '14.0.0', resolution: '393x873', weight: 9 },
  { model: '2201117TG', platform_version: '13.0.0', resolution: '393x873', weight: 5 },
  { model: 'CPH2581', platform_version: '15.0.0', resolution: '360x792', weight: 4 },
  { model: 'moto g84 5G', platform_version: '14.0.0', resolution: '432x960', weight: 4 },
];

export const androidTablets: readonly AndroidModel[] = [
  { model: 'SM-X210', platform_version: '15.0.0', resolution: '800x1280', weight: 4 },
  { model: 'SM-X710', platform_version: '15.0.0', resolution: '800x1280', weight: 3 },
  { model: 'SM-X115', platform_version: '14.0.0', resolution: '800x1340', weight: 2 },
  { model: 'TB311FU', platform_version: '14.0.0', resolution: '800x1280', weight: 1 },
];
