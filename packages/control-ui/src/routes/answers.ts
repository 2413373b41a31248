import { problemDetails } from '@trafficinator/contract/rest';

/** Error answers that every route can give; the framework checks and describes them by one schema. */
export const refusals = {
  '4xx': problemDetails,
  '5xx': problemDetails,
};
