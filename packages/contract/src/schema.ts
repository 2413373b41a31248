import * as z from 'zod/mini';
import { amount, whole } from './forms.ts';
import type { Setting } from './settings/define.ts';
import { type SettingName, settingList } from './settings/list.ts';
import { heaviest } from './weights.ts';

const longestText = 4_096;
const longestList = 262_144;

/** The zod schema of one setting's typed value: type and range, nothing across settings. */
function schemaOf(setting: Setting): z.ZodMiniType {
  const schema = bareSchema(setting).check(z.describe(setting.help));
  return 'optional' in setting && setting.optional ? z.nullable(schema) : schema;
}

function bareSchema(setting: Setting): z.ZodMiniType {
  switch (setting.kind) {
    case 'boolean':
      return z.boolean();
    case 'choice':
      return z.enum(setting.values as readonly [string, ...string[]]);
    case 'integer':
      return whole(setting.min, setting.max);
    case 'number':
      return amount(setting.min, setting.max);
    case 'number_list':
      return z.array(amount(setting.min, setting.max)).check(z.minLength(1));
    case 'weighted_list':
      return z.record(z.string(), amount(0, setting.shares ? 1 : heaviest));
    case 'text': {
      const isList = setting.format === 'targets' || setting.format === 'campaigns';
      const text = z.string().check(z.maxLength(isList ? longestList : longestText));
      return setting.default === null ? z.nullable(text) : text;
    }
  }
}

/** Schemas of all settings, by name. */
export const settingSchemas = Object.fromEntries(
  Object.entries(settingList).map(([name, setting]) => [name, schemaOf(setting)]),
) as Record<SettingName, z.ZodMiniType>;
