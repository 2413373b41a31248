import { createServer } from 'node:http';

/**
 * Stands in for the loader where a runner is tried: it does what its first argument says. It needs nothing
 * beside itself, so that it runs in an image of its own as well.
 *
 * `serve`: runs until SIGTERM, ends with 0. `stubborn`: does not listen to SIGTERM. `exit N`: ends at once
 * with N. `count N`: writes N numbered lines, then serves. `long`: writes one line of 20,000 characters,
 * then serves. With `--set STATUS_PORT=N` all of them answer HTTP there.
 */
const [behaviour = 'serve', number = '0'] = process.argv.slice(2);
const value = (name: string): string | undefined =>
  process.argv.find((argument) => argument.startsWith(`${name}=`))?.slice(name.length + 1);

process.on('SIGTERM', () => {
  if (behaviour === 'stubborn') return;
  process.stderr.write('stopping\n');
  process.stdout.write('{"exit_code":0}\n');
  process.exitCode = 0;
  setImmediate(() => process.exit());
});

process.stderr.write(behaviour === 'long' ? `${'x'.repeat(20_000)}\n` : 'ready\n');
if (behaviour === 'count') {
  for (let i = 1; i <= Number(number); i++) process.stdout.write(`line ${i}\n`);
}
if (behaviour === 'exit') {
  process.exitCode = Number(number);
} else {
  const server = createServer((_request, response) => {
    // biome-ignore lint/style/noProcessEnv: what reached it is what the tests ask for.
    response.end(JSON.stringify(process.env));
  });
  server.listen(Number(value('STATUS_PORT') ?? 0), value('STATUS_HOST') ?? '127.0.0.1');
}
