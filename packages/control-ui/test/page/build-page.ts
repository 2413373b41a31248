import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { executablePath } from './chromium.ts';

const web = fileURLToPath(new URL('../../web', import.meta.url));

/** Builds the page once before all tests: those in a browser see what is there now. */
export default async function setup(): Promise<void> {
  if (executablePath === undefined) return;
  await build({ root: web, configFile: `${web}/vite.config.ts`, logLevel: 'error' });
}
