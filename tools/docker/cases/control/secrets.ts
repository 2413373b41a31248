import type { Checks } from '../../checks.ts';
import { run } from '../../command.ts';
import type { Engine } from '../../engine.ts';
import type { Panel } from '../../panel.ts';
import type { Stack } from '../../stack.ts';

/** A program that names the files below the volumes that hold one of the texts of standard input. */
const search = `import { readdirSync, readFileSync, statSync } from 'node:fs';
const secrets = JSON.parse(process.argv[1]);
let looked = 0;
for (const folder of ['/app/control', '/app/data'])
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = entry.parentPath + '/' + entry.name;
    looked++;
    // The loader has to read its token somewhere; that file is for its owner alone.
    if (entry.name === 'settings.json' && (statSync(path).mode & 0o077) === 0) continue;
    const text = readFileSync(path, 'latin1');
    if (secrets.some((secret) => text.includes(secret))) console.log(path);
  }
if (looked === 0) throw new Error('there are no files');`;

/** What was made for the eyes of a user alone. */
export interface Secrets {
  readonly texts: readonly string[];
  /** The line of a log that shows the first key, this once. */
  readonly shown?: RegExp;
}

/** Looks for secrets wherever one could be left behind after a life: none may be there. */
export async function noSecretIn(
  stack: Stack,
  { texts, shown }: Secrets,
  { engine, checks, panel }: { engine: Engine; checks: Checks; panel: Panel },
): Promise<void> {
  const has = (text: string): boolean => texts.some((secret) => text.includes(secret));
  const containers = await stack.containers();
  checks.holds('there are containers to look at', containers.length >= 3, containers);
  for (const id of containers) {
    const { stdout: described } = await run(engine.docker, ['inspect', id], engine);
    const [{ Name }] = JSON.parse(described);
    checks.holds(`docker inspect of ${Name} shows no secret`, !has(described), Name);
    const logs = await run(engine.docker, ['logs', id], engine);
    const lines = `${logs.stdout}\n${logs.stderr}`.split('\n');
    const exposed = lines.filter((line) => has(line) && !shown?.test(line));
    checks.equal(`the log of ${Name} holds no secret`, exposed, []);
  }
  checks.equal('no answer of the service held one', panel.answers.filter(has), []);
  const inVolumes = (sought: readonly string[]): Promise<string> =>
    stack.evaluate('control', search, JSON.stringify(sought));
  checks.equal('no file of the volumes holds one', await inVolumes(texts), '');
  const known = await inVolumes(['target_visits_per_day']);
  checks.holds('… though the search finds what is there', known.includes('/app/control/'), known);
}
