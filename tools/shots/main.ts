/**
 * Takes pictures of every view and its states from the running page, at 1440 and 390 px, light and dark. All data
 * in them is real: the service, its loaders and a stand-in Matomo run while they are taken. Run: `pnpm shots`.
 *
 *   --out FOLDER   where they go (default shots/)
 *   --only TEXT    only pictures whose name contains this; several with commas between
 */
import { parseArgs } from 'node:util';
import buildPage from '../../packages/control-ui/test/page/build-page.ts';
import { viewNames } from '../../packages/control-ui/test/page/view-names.ts';
import { Camera, type Shot } from './camera.ts';
import { makeSample } from './data.ts';
import { takeFirst } from './first.ts';
import { startService } from './service.ts';
import { running, settled, states, underWay } from './states.ts';

const { values } = parseArgs({
  options: {
    out: { type: 'string', default: 'shots' },
    only: { type: 'string', default: '' },
  },
});
/** These scroll within themselves, or are many screens long. */
const inWindow = ['logs', 'settings'];
const only = new RegExp(values.only.split(',').map(RegExp.escape).join('|'));

await buildPage();
const camera = await Camera.open(values.out, only);
const service = await startService();
try {
  const names = viewNames();
  const views = names.map(
    (name): Shot => ({
      name,
      path: `/${name}`,
      ready: settled,
      ...(inWindow.includes(name) && { window: true }),
    }),
  );
  const sample = await makeSample(service);
  const empty = views.map((view) => ({ ...view, name: `empty-${view.name}` }));
  await takeFirst(camera, empty);
  await camera.take(
    service,
    views.filter(({ name }) => name !== 'dashboard'),
  );
  await camera.take(service, states(sample));
  await camera.take(service, underWay(sample.slow));
  // Last, when there is something to see in its graphs.
  await camera.take(service, running);
  await sample.close();
} finally {
  await service.close();
  await camera.close();
}
process.stdout.write(`${camera.taken.length} pictures\n`);
