import { execFile } from 'node:child_process';
import { chmod, chown, copyFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** The user that the loader's image runs as. */
const loaderUser = 1000;

/** The image of the loader with the odd loader in the loader's place. */
export async function buildOddImage(
  docker: string,
  loaderImage: string,
  tag: string,
): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'odd-image-'));
  try {
    await copyFile(
      join(import.meta.dirname, '../../src/testing/odd-loader.ts'),
      join(folder, 'odd-loader.ts'),
    );
    const lines = [
      `FROM ${loaderImage}`,
      'COPY --chown=0:0 odd-loader.ts /app/odd-loader.ts',
      'ENTRYPOINT ["node", "--", "/app/odd-loader.ts"]',
    ];
    await writeFile(join(folder, 'Dockerfile'), `${lines.join('\n')}\n`);
    await chmod(join(folder, 'odd-loader.ts'), 0o644);
    await run(docker, ['build', '--quiet', '--tag', tag, folder]);
  } finally {
    await rm(folder, { recursive: true });
  }
}

export const removeImage = (docker: string, tag: string): Promise<unknown> =>
  run(docker, ['image', 'rm', '--force', tag]);

/** A directory that loaders in containers may write to, as the service would make it. */
export async function sharedDirectory(): Promise<string> {
  const shared_dir = await mkdtemp(join(tmpdir(), 'docker-runner-'));
  await chown(shared_dir, loaderUser, loaderUser);
  return shared_dir;
}

/** Writes a file there that only the loader's user can read. */
export async function writeForLoader(folder: string, name: string, text: string): Promise<void> {
  const path = join(folder, name);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await writeFile(path, text, { mode: 0o600 });
  for (const made of [dirname(folder), folder, path]) await chown(made, loaderUser, loaderUser);
}
