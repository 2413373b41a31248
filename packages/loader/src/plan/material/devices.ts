import catalogue from '../data/devices.json' with { type: 'json' };
import { type Device, encoded } from './material.ts';

const kinds = ['desktop', 'smartphone', 'tablet'] as const;

function kindOf(text: string): Device['kind'] {
  const kind = kinds.find((known) => known === text);
  if (kind === undefined) throw new TypeError(`devices.json: unknown kind of device "${text}"`);
  return kind;
}

/**
 * The devices of visitors, weights summing to 1. Screen, platform, plug-ins and client hints of an
 * entry belong together: Chromium's user agents are frozen, so the Windows 11 and the Android model
 * that Matomo reports come from the client hints alone.
 */
export function deviceCatalogue(): Device[] {
  return catalogue.devices.map((device) => ({
    weight: device.weight,
    kind: kindOf(device.kind),
    user_agent: encoded(device.user_agent),
    client_hints: device.client_hints === null ? null : encoded(device.client_hints),
    resolutions: device.resolutions,
    plugins: device.plugins,
  }));
}
