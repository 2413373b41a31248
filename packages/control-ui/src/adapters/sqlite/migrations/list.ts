import { access } from './001-access.ts';
import { material } from './002-material.ts';
import { runs } from './003-runs.ts';
import { requests } from './004-requests.ts';

/** In their order: number 1 makes version 1 of an empty file. One that was released is never changed. */
export const migrations: readonly string[] = [access, material, runs, requests];
