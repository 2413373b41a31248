import { problemDetails } from '@trafficinator/contract/rest';
import type { FastifyReply } from 'fastify';

/** Error answers that every route can give; the framework checks and describes them by one schema. */
export const refusals = {
  '4xx': problemDetails,
  '5xx': problemDetails,
};

/** The answer is a text to be saved as a file. */
export function textAnswer(
  reply: Pick<FastifyReply, 'type' | 'header' | 'serializer'>,
  file: string,
  type = 'text/plain',
): void {
  reply.type(`${type}; charset=utf-8`);
  reply.header('content-disposition', `attachment; filename="${file}"`);
  reply.serializer((value: unknown) => String(value));
}
