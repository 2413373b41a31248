import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { type InstanceSpec, instanceRoles } from '../../ports/runner.ts';
import { createFile, namesIn, replaceFile, textOf } from './whole-file.ts';

const specSchema = z.strictObject({
  control_id: z.string(),
  role: z.enum(instanceRoles),
  command: z.array(z.string()),
  created_at: z.string(),
});
/** What an instance is, in `spec.json`. */
export type KeptSpec = z.infer<typeof specSchema>;

const identitySchema = z.strictObject({ pid: z.int().positive(), began: z.string() });
const runSchema = z.strictObject({
  supervisor: identitySchema,
  /** null: it has not been started yet, or could not be. */
  loader: identitySchema.nullable(),
  status_port: z.int(),
  started_at: z.string(),
  finished_at: z.string().nullable(),
  /** null while it runs, and when nobody saw its end. */
  exit_code: z.int().nullable(),
});
/** One life of the loader's process, in `run-N.json`; the highest N is the last one. */
export type RunRecord = z.infer<typeof runSchema>;

export interface NumberedRun {
  readonly number: number;
  readonly record: RunRecord;
}

const specPath = (folder: string): string => join(folder, 'spec.json');
const runPath = (folder: string, number: number): string => join(folder, `run-${number}.json`);

/** null: there is no instance, or its file is not one of ours. */
export async function readSpec(folder: string): Promise<KeptSpec | null> {
  return parsed(specSchema, await textOf(specPath(folder)));
}

/** Writes the spec of a new instance; false when there is one already. */
export async function writeSpec(
  folder: string,
  spec: InstanceSpec,
  control_id: string,
  created_at: string,
): Promise<boolean> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const kept: KeptSpec = { control_id, role: spec.role, command: [...spec.command], created_at };
  return createFile(specPath(folder), JSON.stringify(kept));
}

/** The last life; null: it was never started. */
export async function lastRun(folder: string): Promise<NumberedRun | null> {
  for (const number of (await runNumbers(folder)).reverse()) {
    const record = parsed(runSchema, await textOf(runPath(folder, number)));
    if (record !== null) return { number, record };
  }
  return null;
}

/**
 * Begins life number `number`; false when somebody else did. Each number is given once, so of many that
 * start the same instance one wins. Those before are forgotten.
 */
export async function claimRun(folder: string, { number, record }: NumberedRun): Promise<boolean> {
  if (!(await createFile(runPath(folder, number), JSON.stringify(record)))) return false;
  const older = (await runNumbers(folder)).filter((other) => other < number);
  await Promise.all(older.map((other) => rm(runPath(folder, other), { force: true })));
  return true;
}

export const writeRun = (folder: string, { number, record }: NumberedRun): Promise<void> =>
  replaceFile(runPath(folder, number), JSON.stringify(record));

async function runNumbers(folder: string): Promise<number[]> {
  return (await namesIn(folder))
    .map((name) => Number(/^run-(\d+)\.json$/.exec(name)?.[1] ?? Number.NaN))
    .filter((number) => Number.isSafeInteger(number))
    .sort((a, b) => a - b);
}

function parsed<T>(schema: z.ZodType<T>, text: string | null): T | null {
  if (text === null) return null;
  try {
    return schema.parse(JSON.parse(text));
  } catch {
    return null;
  }
}
