#!/usr/bin/env -S node --
import { readFileSync } from 'node:fs';
import { runCli } from './cli.ts';

/** A connection to an engine that does not answer must not keep the program. */
const grace_ms = 500;

process.exitCode = await runCli(process.argv.slice(2), process.env, (path) =>
  readFileSync(path, 'utf8').trim(),
);
setTimeout(() => process.exit(), grace_ms).unref();
