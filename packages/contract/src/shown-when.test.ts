import { expect, it } from 'vitest';
import { type Setting, settingList } from './index.ts';
import { isShownWith } from './shown-when.ts';

const shown = (name: keyof typeof settingList, values: Record<string, unknown>): boolean =>
  isShownWith(settingList[name] as Setting, (each) => values[each]);

it('shows a setting that depends on nothing', () => {
  expect(shown('concurrency', {})).toBe(true);
});

it.each([
  ['ecommerce_tax_rate', { ecommerce_probability: 0 }, false],
  ['ecommerce_tax_rate', { ecommerce_probability: 0.01 }, true],
  ['target_strategy', { targets: null }, false],
  ['target_strategy', { targets: '[]' }, true],
  ['traffic_shape_table', { traffic_shape: 'flat' }, false],
  ['traffic_shape_table', { traffic_shape: 'table' }, true],
] as const)('%s with %j: %s', (name, values, is) => {
  expect(shown(name, values)).toBe(is);
});

it('knows every condition of the list', () => {
  for (const { shown_when } of Object.values(settingList) as Setting[]) {
    if (shown_when === undefined) continue;
    const other: Setting = settingList[shown_when.setting as keyof typeof settingList];
    for (const wanted of shown_when.is) {
      if (other.kind === 'choice') expect(other.values).toContain(wanted);
      else if (other.kind === 'boolean') expect(typeof wanted).toBe('boolean');
      else expect(['set', '> 0']).toContain(wanted);
    }
  }
});
