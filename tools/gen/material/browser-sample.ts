/**
 * Reads the sample of real browsers. Scripts in disguise are in it as well: their platform or their
 * screen does not fit their user agent, which is how they are left out.
 */
import type { UserAgentData } from 'user-agents';
import type { DeviceClass } from './device-classes.ts';

/** A browser of a class: its weight in the sample, the part of it that lists plug-ins, its screens. */
export interface Agent {
  readonly text: string;
  weight: number;
  plugins: number;
  readonly screens: Map<string, number>;
}

const robots = /bot|crawl|spider|headless|lighthouse|preview|monitor|python|Brave$|OPT\//i;
const newestMajors = 4;

function isConsistent(row: UserAgentData, cls: DeviceClass): boolean {
  const short = Math.min(row.screenWidth, row.screenHeight);
  const long = Math.max(row.screenWidth, row.screenHeight);
  const upright = row.screenHeight > row.screenWidth;
  return (
    cls.agent.test(row.userAgent) &&
    cls.platform.test(row.platform) &&
    !robots.test(row.userAgent) &&
    short >= cls.short_side[0] &&
    short <= cls.short_side[1] &&
    upright === (cls.kind !== 'desktop') &&
    long / short >= 1.25 &&
    long / short <= 2.5
  );
}

function chromeMajor(userAgent: string): number {
  return Number(/ Chrome\/(\d+)/.exec(userAgent)?.[1] ?? Number.NaN);
}

/** The browsers of a class, commonest first, counting only screens that the class really has. */
export function agentsOf(sample: readonly UserAgentData[], cls: DeviceClass): Agent[] {
  const rows = sample.filter((row) => isConsistent(row, cls));
  const total = rows.reduce((sum, row) => sum + row.weight, 0);
  const screens = new Map<string, number>();
  const sizeOf = (row: UserAgentData) => `${row.screenWidth}x${row.screenHeight}`;
  for (const row of rows) screens.set(sizeOf(row), (screens.get(sizeOf(row)) ?? 0) + row.weight);
  const newest = Math.max(...rows.map((row) => chromeMajor(row.userAgent) || 0));
  const agents = new Map<string, Agent>();
  for (const row of rows) {
    const size = sizeOf(row);
    const major = chromeMajor(row.userAgent);
    const stale = major < newest - newestMajors && !row.userAgent.includes('SamsungBrowser');
    if (stale || (screens.get(size) ?? 0) < total * 0.01) continue;
    const agent = agents.get(row.userAgent) ?? {
      text: row.userAgent,
      weight: 0,
      plugins: 0,
      screens: new Map(),
    };
    agent.weight += row.weight;
    agent.plugins += row.pluginsLength > 0 ? row.weight : 0;
    agent.screens.set(size, (agent.screens.get(size) ?? 0) + row.weight);
    agents.set(row.userAgent, agent);
  }
  const byWeight = [...agents.values()].sort(
    (a, b) => b.weight - a.weight || (a.text < b.text ? -1 : 1),
  );
  return byWeight.slice(0, cls.keep);
}

/**
 * The tracker lists plug-ins only where the browser lists any; today that is the PDF viewer alone.
 * Phones without one send the cookie flag only.
 */
export function pluginFlags(agent: Agent): string {
  const listed = agent.plugins > agent.weight / 2;
  return `${listed ? '&pdf=1&qt=0&realp=0&wma=0&fla=0&java=0&ag=0' : ''}&cookie=1`;
}

/** The screens of a browser that at least one in twenty has, commonest first, six at most. */
export function screensOf(agent: Agent): string[] {
  return [...agent.screens]
    .filter(([, weight]) => weight >= agent.weight * 0.05)
    .sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
    .slice(0, 6)
    .map(([size]) => size);
}
