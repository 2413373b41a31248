import type { Settings } from '@trafficinator/contract';
import { type StatusServer, startStatusServer } from '../account/server.ts';
import type { StatusSources } from '../account/status-routes.ts';
import { Failure } from '../edge/failure.ts';
import type { Log } from '../edge/log.ts';

/**
 * Serves the state of this process at STATUS_HOST and STATUS_PORT; null when the port is 0. A port that is
 * taken costs only the status and says so, unless it was asked for: then it is a Failure.
 */
export async function openStatusServer(
  sources: StatusSources,
  settings: Pick<Settings, 'status_host' | 'status_port'>,
  asked: boolean,
  log: Log,
): Promise<StatusServer | null> {
  const { status_host: host, status_port: port } = settings;
  if (port === 0) return null;
  try {
    const server = await startStatusServer({ host, port, ...sources });
    log.info({ host, port: server.port }, 'status server listens');
    return server;
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'unknown';
    const message = `The status server cannot listen on ${host}:${port} (${code}).`;
    const remedy = 'Set STATUS_PORT to a free port, or to 0 for no status server.';
    if (asked) {
      throw Failure.of('status_port_in_use', { message, remedy, fields: ['status_port'] });
    }
    log.warn({ code: 'status_port_in_use' }, `${message} The loader goes on without it. ${remedy}`);
    return null;
  }
}
