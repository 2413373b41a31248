import { type InstanceSpec, RunnerError } from '../../ports/runner.ts';
import { pause } from '../pause.ts';
import { foreign } from '../refusals.ts';
import { containerOf } from './container-spec.ts';
import { findContainer, type Inspected, labelsOf, stateOf } from './containers.ts';
import { type Engine, EngineAnswer, refused } from './engine.ts';
import { labels } from './labels.ts';
import type { DockerOptions } from './options.ts';

/** Two that make the same container at once: one wins, and its container shows a moment later. */
const attempts = 20;
const between_ms = 100;

/** Whether a container is what would be made now; one that a compose file made is left to it. */
export async function fits(
  engine: Engine,
  options: DockerOptions,
  spec: InstanceSpec,
  found: Inspected,
): Promise<boolean> {
  const made_from = labelsOf(found)[labels.spec];
  if (made_from === undefined) return true;
  if (made_from !== containerOf(options, spec).Labels?.[labels.spec]) return false;
  const image = await imageId(engine, options.image);
  return image === null || image === found.Image;
}

/** null: it is not there, or whoever guards the engine does not say. */
async function imageId(engine: Engine, image: string): Promise<string | null> {
  try {
    // The library's own call takes no signal.
    const { Id } = await engine.call(() => engine.docker.getImage(image).inspect());
    return Id;
  } catch (error) {
    if (error instanceof EngineAnswer) return null;
    throw error;
  }
}

/**
 * Makes a container, not started.
 * @throws RunnerError `image_missing`, `instance_foreign`, `engine_refused`.
 */
export async function make(
  engine: Engine,
  options: DockerOptions,
  spec: InstanceSpec,
): Promise<Inspected> {
  const { name, ...wanted } = containerOf(options, spec);
  // Said so, the library puts only the name into the address, and all the rest into the body alone.
  const parts = { _query: { name }, _body: wanted };
  try {
    await engine.call(
      (abortSignal) => engine.docker.createContainer({ ...parts, abortSignal }),
      30_000,
    );
  } catch (error) {
    if (!(error instanceof EngineAnswer)) throw error;
    if (error.status === 404 && /image/i.test(error.message)) throw imageMissing(options.image);
    if (error.status !== 409) throw refused('The container cannot be made', error);
  }
  for (let attempt = 1; attempt <= attempts; attempt++) {
    const made = await findContainer(engine, options.control_id, spec.id);
    if (made !== null) return made;
    await pause(engine.clock, between_ms, null);
  }
  // Its name is taken, by a container without our labels.
  throw foreign(name ?? spec.id);
}

const imageMissing = (image: string): RunnerError =>
  new RunnerError(
    'image_missing',
    `The engine has no image ${image}.`,
    `Build it (docker compose build) or fetch it (docker pull ${image}), then try again.`,
  );

/** Removes a container that does not run; one that is gone is no error. */
export async function discard(engine: Engine, found: Inspected): Promise<void> {
  if (stateOf(found) === 'running') return;
  try {
    await engine.call(
      (abortSignal) =>
        engine.docker.getContainer(found.Id).remove({ v: true, force: true, abortSignal }),
      30_000,
    );
  } catch (error) {
    if (!(error instanceof EngineAnswer)) throw error;
    // 404: it is gone. 409: somebody removes it at this moment.
    if (error.status !== 404 && error.status !== 409) throw refused('It cannot be removed', error);
  }
}
