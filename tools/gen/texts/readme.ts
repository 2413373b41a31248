import {
  allowedValues,
  envNameOf,
  groupLabels,
  groups,
  type Setting,
  settingGroups,
} from '../../../packages/contract/src/index.ts';
import { defaultText } from './default-text.ts';

export const readmeMarkers = { begin: '<!-- settings:begin -->', end: '<!-- settings:end -->' };

/** The tables of all settings in Markdown, one a group. */
export function readmeTables(): string[] {
  const tables = groups.flatMap((group) => [
    '',
    `**${groupLabels[group]}**`,
    '',
    '| Variable | Default | Allowed | Meaning |',
    '| --- | --- | --- | --- |',
    ...Object.entries(settingGroups[group]).map(([name, setting]) => row(name, setting)),
  ]);
  return [...tables, ''];
}

function row(name: string, setting: Setting): string {
  const text = defaultText(setting);
  const cells = [
    `\`${envNameOf(name)}\``,
    text === '' ? '–' : `\`${text}\``,
    allowedValues(setting),
    setting.help,
  ];
  return `| ${cells.map(escaped).join(' | ')} |`;
}

/** A cell must not end early; what looks like HTML must be shown. */
const escaped = (cell: string): string => cell.replace(/\|/g, '\\|').replace(/</g, '&lt;');
