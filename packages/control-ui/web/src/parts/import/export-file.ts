/** What an export of the service calls itself. */
const format = 'trafficinator-export/1';

/** An export as far as the page looks into it; the service judges the rest. */
export type ExportFile = Readonly<Record<string, unknown>> & { readonly format: string };

/** The export that a text holds; null: it is none. */
export function readExport(text: string): ExportFile | null {
  try {
    const read: unknown = JSON.parse(text);
    if (typeof read !== 'object' || read === null || !('format' in read)) return null;
    return read.format === format ? (read as ExportFile) : null;
  } catch {
    return null;
  }
}

interface Kept {
  readonly name: string;
  readonly description: string;
  readonly settings: Readonly<Record<string, unknown>>;
}

/** Presets as an export, without secrets. */
export const exportOfPresets = (presets: readonly Kept[]): ExportFile => ({
  format,
  exported_at: new Date().toISOString(),
  presets: presets.map(({ name, description, settings }) => ({
    name,
    description,
    settings: Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== '***')),
  })),
});
