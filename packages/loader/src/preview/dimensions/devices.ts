import type { Device } from '../../plan/material/material.ts';
import { isFirst, isOrdinary, type NewDimension } from '../section.ts';
import { sharesOf, weightsBy } from '../shares.ts';

/** One dimension of devices: visits by a name that each device has. */
const byDevice =
  (name: string, title: string, nameOf: (device: Device) => string): NewDimension =>
  ({ material }) => {
    const names = new Map(material.devices.map((device) => [device, nameOf(device)]));
    return sharesOf(
      { name, title, of: 'visits' },
      (visit) => (isOrdinary(visit) ? (names.get(visit.visitor.device) ?? null) : null),
      weightsBy(material.devices, nameOf, ({ weight }) => weight),
      { isDrawn: isFirst },
    );
  };

/** The first pattern that a user agent has says what it is; the more special ones come first. */
const browserPatterns: readonly (readonly [string, RegExp])[] = [
  ['Edge', /Edg(A|iOS)?\//],
  ['Opera', /OPR\//],
  ['Samsung Internet', /SamsungBrowser\//],
  ['Firefox', /Firefox\/|FxiOS\//],
  ['Chrome', /Chrome\/|CriOS\//],
  ['Safari', /Safari\//],
];
const systemPatterns: readonly (readonly [string, RegExp])[] = [
  ['iOS', /iPhone/],
  ['iPadOS', /iPad/],
  ['Android', /Android/],
  ['Chrome OS', /CrOS/],
  ['Windows', /Windows NT/],
  ['macOS', /Macintosh/],
  ['Linux', /Linux/],
];

const nameBy =
  (patterns: readonly (readonly [string, RegExp])[]) =>
  ({ user_agent }: Device): string =>
    patterns.find(([, pattern]) => pattern.test(user_agent.raw))?.[0] ?? 'other';

export const devices = byDevice('devices', 'Devices', ({ kind }) => kind);
export const browsers = byDevice('browsers', 'Browsers', nameBy(browserPatterns));
export const systems = byDevice('systems', 'Operating systems', nameBy(systemPatterns));
