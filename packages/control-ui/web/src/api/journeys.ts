import type { DocumentAnswer, JourneyStatistics } from '@trafficinator/contract/rest';
import { ask, get } from './client.ts';

/** The file of journeys as it is kept; version 0: there is none, the built-in personas apply. */
export type JourneysDocument = DocumentAnswer;

const address = '/api/journeys';
const tag = (version: number) => ({ if_match: `"${version}"` });

export const journeysDocument = (signal?: AbortSignal): Promise<JourneysDocument> =>
  get<JourneysDocument>(address, signal);

/** @throws Problem `edited_meanwhile` when it has another version than `version`. */
export const saveJourneys = async (content: string, version: number): Promise<JourneysDocument> =>
  (await ask<JourneysDocument>('PUT', address, { body: { content }, ...tag(version) })).value;

export const clearJourneys = async (version: number): Promise<void> => {
  await ask('DELETE', address, tag(version));
};

export const journeyStatistics = (signal: AbortSignal): Promise<JourneyStatistics> =>
  get<JourneyStatistics>('/api/journeys/statistics', signal);
