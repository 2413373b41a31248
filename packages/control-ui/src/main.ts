#!/usr/bin/env -S node --
import { readFileSync } from 'node:fs';
import { runCli } from './cli.ts';

process.exitCode = await runCli(process.argv.slice(2), process.env, (path) =>
  readFileSync(path, 'utf8').trim(),
);
