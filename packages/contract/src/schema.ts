import { z } from 'zod';
import type { Setting } from './settings/define.ts';
import { type SettingName, settingList } from './settings/list.ts';
import { heaviest } from './weights.ts';

const longestText = 4_096;
const longestList = 262_144;

/** The zod schema of one setting's typed value: type and range, nothing across settings. */
function schemaOf(setting: Setting): z.ZodType {
  const schema = bareSchema(setting).describe(setting.help);
  return 'optional' in setting && setting.optional ? schema.nullable() : schema;
}

function bareSchema(setting: Setting): z.ZodType {
  switch (setting.kind) {
    case 'boolean':
      return z.boolean();
    case 'choice':
      return z.enum(setting.values as readonly [string, ...string[]]);
    case 'integer':
      return z.int().min(setting.min).max(setting.max);
    case 'number':
      return z.number().min(setting.min).max(setting.max);
    case 'number_list':
      return z.array(z.number().min(setting.min).max(setting.max)).min(1);
    case 'weighted_list':
      return z.record(
        z.string(),
        z
          .number()
          .min(0)
          .max(setting.shares ? 1 : heaviest),
      );
    case 'text': {
      const isList = setting.format === 'targets' || setting.format === 'campaigns';
      const text = z.string().max(isList ? longestList : longestText);
      return setting.default === null ? text.nullable() : text;
    }
  }
}

/** Schemas of all settings, by name. */
export const settingSchemas = Object.fromEntries(
  Object.entries(settingList).map(([name, setting]) => [name, schemaOf(setting)]),
) as Record<SettingName, z.ZodType>;
