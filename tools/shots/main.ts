/**
 * Takes pictures of every view and its states from the running page, at 1440 and 390 px, light and dark. All data
 * in them is real: the service, its loaders and a stand-in Matomo run while they are taken. Run: `pnpm shots`.
 *
 *   --out FOLDER   where they go (default shots/)
 *   --only TEXT    only pictures whose name contains this; several with commas between
 *   --guide        only those that WEB_UI_GUIDE.md and README.md show, smaller, into docs/images
 */
import { parseArgs } from 'node:util';
import buildPage from '../../packages/control-ui/test/page/build-page.ts';
import { viewNames } from '../../packages/control-ui/test/page/view-names.ts';
import { Camera, everySize, guideSize, type Shot } from './camera.ts';
import { makeSample, type Status } from './data.ts';
import { takeFirst } from './first.ts';
import { materialStates } from './material.ts';
import { startService } from './service.ts';
import { running, settled, states, underWay } from './states.ts';

const { values } = parseArgs({
  options: {
    out: { type: 'string', default: 'shots' },
    only: { type: 'string', default: '' },
    guide: { type: 'boolean', default: false },
  },
});
/** These scroll within themselves, or are many screens long. */
const inWindow = ['logs', 'settings'];
const only = new RegExp(values.only.split(',').map(RegExp.escape).join('|'));

/** Accepted hits of a run whose graphs show something: a minute and a half of it. */
const enough = 5_500;
/** One for each task of the guide. */
const inGuide =
  /^(first-steps-2|dashboard|settings-review|presets-opened|targets|backfill-plan|backfill-result|runs-compare|logs|funnels-open|urls-errors|palette)$/;

await buildPage();
const camera = await Camera.open(
  values.guide
    ? { folder: 'docs/images', only: values.only === '' ? inGuide : only, sizes: guideSize }
    : { folder: values.out, only, sizes: everySize },
);
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
  await camera.take(service, materialStates(sample.everything));
  await camera.take(service, underWay(sample.slow));
  await service.until<Status>('/api/status', ({ hits }) => hits.accepted > enough);
  // Last, when there is something to see in its graphs.
  await camera.take(service, running);
  await sample.close();
} finally {
  await service.close();
  await camera.close();
}
process.stdout.write(`${camera.taken.length} pictures, ${camera.missing.length} missing\n`);
if (camera.missing.length > 0) process.exitCode = 1;
