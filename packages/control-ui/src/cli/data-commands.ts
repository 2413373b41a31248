import { type Command, Option } from 'commander';
import { type Config, configOf } from '../config.ts';
import { type Role, roles } from '../ports/store/access.ts';
import { textOfVariable } from './variable.ts';

/** What the commands need of the process. */
export interface DataContext {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly readFile: (path: string) => string;
  /** A line of the result. */
  readonly say: (line: string) => void;
  /** The exit code, when it is not 0. */
  readonly finish: (code: number) => void;
}

interface DataOption {
  readonly data?: string;
}

/** Adds the commands that look after the service's data. They are loaded when they run. */
export function addDataCommands(cli: Command, context: DataContext): void {
  const { environment, say } = context;
  const config = ({ data }: DataOption): Config =>
    configOf(
      { ...environment, ...(data !== undefined && { CONTROL_DATA_DIR: data }) },
      context.readFile,
    );
  const command = (parent: Command, name: string) =>
    parent
      .command(name)
      .option('--data <folder>', 'what only the service may read (CONTROL_DATA_DIR)');

  const keys = cli
    .command('keys')
    .description('The keys of people and programs that may use the service.');
  command(keys, 'add')
    .description('Make a key and show it, this once. The service may run.')
    .argument('<name>', 'small letters, digits and -')
    .addOption(
      new Option('--role <role>', 'viewer: looks. operator: starts, stops, changes.')
        .choices(roles)
        .default('viewer' satisfies Role),
    )
    .action(async (name: string, o: DataOption & { readonly role: Role }) => {
      const { addKey } = await import('./keys.ts');
      addKey(config(o).data_dir, name, o.role, say);
    });
  command(keys, 'list')
    .description('List the keys, revoked ones too. The service may run.')
    .option('--json', 'one line of JSON', false)
    .action(async (o: DataOption & { readonly json: boolean }) => {
      const { listKeys } = await import('./keys.ts');
      listKeys(config(o).data_dir, o.json, say);
    });
  command(keys, 'revoke')
    .description('Revoke a key and end its sessions. The service may run.')
    .argument('<name>')
    .action(async (name: string, o: DataOption) => {
      const { revokeKey } = await import('./keys.ts');
      revokeKey(config(o).data_dir, name, say);
    });

  command(cli, 'backup')
    .description('Write a copy of everything that the service keeps. The service may run.')
    .argument('<file>', 'a file that is not there yet')
    .action(async (file: string, o: DataOption) => {
      const { backup } = await import('./backup.ts');
      backup(config(o).data_dir, file, say);
    });

  command(cli, 'rotate-secret')
    .description(
      'Seal all tokens with another key: that of NEW_SECRET_KEY (or NEW_SECRET_KEY_FILE), or a new one in the key file. Stop the service first.',
    )
    .option('--forget-tokens', 'the old key is lost: remove what it sealed, keep the rest', false)
    .action(async (o: DataOption & { readonly forgetTokens: boolean }) => {
      const { rotateSecret } = await import('./rotate-secret.ts');
      const { data_dir, secret_key } = config(o);
      const next = textOfVariable('NEW_SECRET_KEY', environment, context.readFile);
      rotateSecret({ data_dir, secret_key, next, forget: o.forgetTokens }, say);
    });

  command(cli, 'import')
    .description('Bring in what the predecessor kept. Stop the service first.')
    .argument('<path>', 'a copy of presets.db, or of the folder it is in')
    .option('--json', 'one line of JSON', false)
    .action(async (path: string, o: DataOption & { readonly json: boolean }) => {
      const { importData } = await import('./import.ts');
      const { data_dir, secret_key } = config(o);
      const whole = await importData({ data_dir, secret_key, path, json: o.json }, say);
      if (!whole) context.finish(incomplete);
    });
}

/** Some of it was refused; the rest came. */
const incomplete = 3;
