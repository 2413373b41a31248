import type { App } from '../routes/routes.ts';

/** Every registered route as `GET /api/presets/{id}`, HEAD and the pages of /docs left out. */
export function allRoutes(app: App): readonly string[] {
  const above: string[] = [];
  return app
    .printRoutes({ commonPrefix: false })
    .split('\n')
    .flatMap((line) => {
      const read = /^([│├└─ ]*)(\S+)(?: \(([A-Z, ]+)\))?$/.exec(line);
      if (read === null) return [];
      const [, indent = '', part = '', methods = ''] = read;
      const depth = indent.length / 4 - 1;
      above.length = depth;
      above.push(part);
      const path = above.join('').replace(/:(\w+)/g, '{$1}');
      if (path.startsWith('/docs')) return [];
      return methods
        .split(', ')
        .filter((method) => method !== '' && method !== 'HEAD')
        .map((method) => `${method} ${path}`);
    });
}
