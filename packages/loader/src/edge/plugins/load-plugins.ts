import type { JourneysFile, Problem, Settings } from '@trafficinator/contract';
import type { Plugin } from '../../plan/journeys/interface.ts';
import { messageOf } from '../../plan/journeys/limits.ts';
import { withOwnMaterial } from '../../plan/journeys/own-material.ts';
import type { Material } from '../../plan/material/material.ts';
import { systemClock } from '../clock.ts';
import { type PluginFiles, pluginFiles } from './files.ts';
import { noneThere, refusedPlugin, trialProblems, unreadableDirectory } from './plugin-problems.ts';
import { readPlugin } from './read-plugin.ts';
import { longestTrial_ms, tryPlugins } from './trials.ts';
import { PluginWatch } from './watch.ts';

export interface LoadedPlugins {
  /** Watched, in the order of their file names. */
  readonly plugins: readonly Plugin[];
  readonly watch: PluginWatch;
  /** With the lists that plugins put in place of others. */
  readonly material: Material;
  readonly digest: string;
  readonly problems: readonly Problem[];
}

/**
 * Loads the plugins of a directory: each is tried in a thread of its own first, since nothing can end an
 * endless loop in this one. With an error among the problems there are none.
 */
export function loadPlugins(
  directory: string,
  material: Material,
  file: JourneysFile | null,
  settings: Settings,
  longest_ms: number = longestTrial_ms,
): LoadedPlugins {
  const watch = new PluginWatch(() => systemClock.elapsed(), settings.plugin_budget_ms);
  const none = { plugins: [], watch, material, digest: '' };
  let files: PluginFiles;
  try {
    files = pluginFiles(directory);
  } catch (error) {
    return { ...none, problems: [unreadableDirectory(directory, error)] };
  }
  const { digest, plugins: paths } = files;
  if (paths.length === 0) return { ...none, digest, problems: [noneThere(directory)] };
  const problems = trialProblems(
    tryPlugins(paths, material, file, settings, longest_ms),
    longest_ms,
    settings.plugin_budget_ms,
  );
  if (problems.some(({ severity }) => severity === 'error')) return { ...none, digest, problems };
  const plugins: Plugin[] = [];
  let own = material;
  for (const path of paths) {
    try {
      const read = readPlugin(path);
      if ('why' in read) throw new Error(read.why);
      const twin = plugins.find(({ name }) => name === read.plugin.name);
      if (twin !== undefined) throw new Error(`has the name of another plugin: ${twin.name}`);
      if (read.plugin.material !== undefined) own = withOwnMaterial(own, read.plugin.material);
      plugins.push(watch.over(read.plugin));
    } catch (error) {
      problems.push(refusedPlugin(path, messageOf(error).replace(/^Error: /, '')));
    }
  }
  return { plugins, watch, material: own, digest, problems };
}
