import { socketProxy } from './proxy.ts';

const from = (name: string, fallback: string): string => process.env[name]?.trim() || fallback;

const server = socketProxy({
  socket: from('DOCKER_SOCKET', '/var/run/docker.sock'),
  control_id: from('CONTROL_ID', 'default'),
  image: from('LOADER_IMAGE', 'trafficinator-loader'),
  network: from('LOADER_NETWORK', 'trafficinator'),
  volume: from('LOADER_VOLUME', 'trafficinator-loader-data'),
  say: (line) => process.stdout.write(`${line}\n`),
});
server.listen(2375, '0.0.0.0');
for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.once(signal, () => {
    server.close();
    server.closeAllConnections();
  });
}
