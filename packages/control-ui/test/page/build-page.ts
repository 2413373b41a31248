import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { executablePath } from './chromium.ts';

const web = fileURLToPath(new URL('../../web', import.meta.url));

/** Builds as for production: under the tests' own NODE_ENV libraries add the half that helps to find mistakes. */
export async function asServed<T>(building: () => Promise<T>): Promise<T> {
  const { NODE_ENV } = process.env;
  process.env.NODE_ENV = 'production';
  try {
    return await building();
  } finally {
    if (NODE_ENV === undefined) delete process.env.NODE_ENV;
    else process.env.NODE_ENV = NODE_ENV;
  }
}

/** Builds the page once before all tests: those in a browser see what is there now. */
export default async function setup(): Promise<void> {
  if (executablePath === undefined) return;
  await asServed(() =>
    build({ root: web, configFile: `${web}/vite.config.ts`, logLevel: 'error' }),
  );
}
