/**
 * Client hints as a Chromium browser answers `getHighEntropyValues` and Matomo's JavaScript tracker
 * passes on as `uadata`: `fullVersionList`, `mobile`, `model`, `platform`, `platformVersion`,
 * `formFactors`. Safari, Firefox and every browser on iOS have none.
 */

/** What differs between two devices with the same user agent. */
export interface HintDetail {
  readonly platform: 'Windows' | 'macOS' | 'Linux' | 'Chrome OS' | 'Android';
  readonly platform_version: string;
  readonly model: string;
  readonly form_factor: 'Desktop' | 'Mobile' | 'Tablet';
}

/** True if a browser with this user agent answers client hints. */
export function hasClientHints(userAgent: string): boolean {
  return /\bChrome\/\d+/.test(userAgent) && !/\(iPhone|\(iPad/.test(userAgent);
}

const brands: readonly (readonly [brand: string, pattern: RegExp])[] = [
  ['Microsoft Edge', /\bEdgA?\/([\d.]+)/],
  ['Opera', /\bOPR\/([\d.]+)/],
  ['Samsung Internet', /\bSamsungBrowser\/([\d.]+)/],
];

function fourParts(version: string): string {
  return [...version.split('.'), '0', '0', '0'].slice(0, 4).join('.');
}

/** The `uadata` JSON of a Chromium browser with this user agent on this device. */
export function clientHints(userAgent: string, detail: HintDetail): string {
  const chromium = fourParts(/\bChrome\/([\d.]+)/.exec(userAgent)?.[1] ?? '0');
  const own = brands.flatMap(([brand, pattern]) => {
    const version = pattern.exec(userAgent)?.[1];
    return version === undefined ? [] : [{ brand, version: fourParts(version) }];
  });
  return JSON.stringify({
    fullVersionList: [
      { brand: 'Chromium', version: chromium },
      ...(own.length > 0 ? own : [{ brand: 'Google Chrome', version: chromium }]),
      { brand: 'Not;A=Brand', version: '24.0.0.0' },
    ],
    mobile: detail.form_factor === 'Mobile',
    model: detail.model,
    platform: detail.platform,
    platformVersion: detail.platform_version,
    formFactors: [detail.form_factor],
  });
}
