import { type Setting, weightsText } from '../../../packages/contract/src/index.ts';

/** The default as an environment variable would hold it; '' when it is unset. */
export function defaultText(setting: Setting): string {
  if (setting.default === null) return '';
  if (setting.kind === 'weighted_list') return weightsText(setting, setting.default);
  return Array.isArray(setting.default) ? setting.default.join(',') : String(setting.default);
}
