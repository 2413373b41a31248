import { z } from 'zod';
import { jsonOf, listOrById, wholeNumber } from '../api-answer.ts';
import { apiForm, bulkCall } from '../api-form.ts';
import type { Asker } from './ask.ts';
import { quotable } from './foreign-text.ts';

/** Plugins of Matomo that decide what becomes of hits. */
const pluginNames = [
  'BulkTracking',
  'QueuedTracking',
  'Live',
  'Goals',
  'Ecommerce',
  'CustomDimensions',
  'MarketingCampaignsReporting',
  'TrackingSpamPrevention',
] as const;
export type PluginName = (typeof pluginNames)[number];

const text = z.string().transform(quotable);
const activation = z.object({ value: z.boolean() });
const goal = z.object({ idgoal: wholeNumber, name: text, match_attribute: text });
const goals = listOrById(goal);
const dimensions = z.array(
  z.object({ idcustomdimension: wholeNumber, name: text, scope: text, active: z.boolean() }),
);

export type ConfiguredGoal = z.output<typeof goal>;
export type ConfiguredDimension = z.output<typeof dimensions>[number];

/** What a Matomo is set to beyond its site; null where it does not tell. */
export interface DoctorFacts {
  readonly plugins: Readonly<Record<PluginName, boolean | null>>;
  readonly goals: readonly ConfiguredGoal[] | null;
  readonly dimensions: readonly ConfiguredDimension[] | null;
}

/**
 * Asks for plugins, goals and custom dimensions in one bulk request to the Reporting API, which needs no
 * more than view access. null: no answer that could be read.
 */
export async function askDoctor(
  asker: Asker,
  apiPath: string,
  token: string,
  site_id: number,
): Promise<DoctorFacts | null> {
  const calls = [
    ...pluginNames.map((name) => `method=API.isPluginActivated&pluginName=${name}`),
    `method=Goals.getGoals&idSite=${site_id}&filter_limit=-1`,
    `method=CustomDimensions.getConfiguredCustomDimensions&idSite=${site_id}`,
  ];
  const reply = await asker.ask(apiPath, apiForm(bulkCall(calls), token));
  if (reply.kind === 'none' || reply.status !== 200) return null;
  const answers = z.array(z.unknown()).length(calls.length).safeParse(jsonOf(reply.body)).data;
  return answers === undefined ? null : factsOf(answers);
}

function factsOf(answers: readonly unknown[]): DoctorFacts {
  const active = pluginNames.map((name, at) => [
    name,
    activation.safeParse(answers[at]).data?.value ?? null,
  ]);
  return {
    plugins: Object.fromEntries(active) as DoctorFacts['plugins'],
    goals: goals.safeParse(answers[pluginNames.length]).data ?? null,
    dimensions: dimensions.safeParse(answers[pluginNames.length + 1]).data ?? null,
  };
}
