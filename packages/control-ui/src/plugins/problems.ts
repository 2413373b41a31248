import { STATUS_CODES } from 'node:http';
import { type ProblemCode, problemTable } from '@trafficinator/contract';
import type { ProblemDetails, RequestMistake } from '@trafficinator/contract/rest';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod';
import { asRefusal, Refusal } from '../refusal.ts';
import { isForPage, sendPage } from './page.ts';
import { bareHeaders } from './unreadable.ts';

/** Answers with problem details (RFC 9457). */
export function sendProblem(
  request: FastifyRequest,
  reply: FastifyReply,
  code: ProblemCode,
  parts: {
    readonly message: string;
    readonly remedy: string;
    readonly errors?: readonly RequestMistake[];
  },
): FastifyReply {
  const status = problemTable[code].http_status;
  const body: ProblemDetails = {
    type: `urn:trafficinator:problem:${code}`,
    title: STATUS_CODES[status] ?? 'Error',
    status,
    code,
    detail: parts.message,
    remedy: parts.remedy,
    errors: [...(parts.errors ?? [])],
    request_id: request.id,
  };
  return reply
    .code(status)
    .header('cache-control', 'no-store')
    .type('application/problem+json')
    .serializer((value: unknown) => JSON.stringify(value))
    .send(body);
}

/** Every error of the service in one shape; nothing of its inside gets out. */
export function problems(app: FastifyInstance): void {
  app.setErrorHandler((thrown: FastifyError, request, reply) => {
    const error = asRefusal(thrown);
    if (error instanceof Refusal) {
      if (error.code === 'unexpected') request.log.error({ err: error }, 'a request failed');
      return sendProblem(request, reply, error.code, error);
    }
    if (hasZodFastifySchemaValidationErrors(thrown)) {
      const errors = thrown.validation.map((issue) =>
        mistake(thrown.validationContext ?? 'body', issue.instancePath, issue.message ?? ''),
      );
      return sendProblem(request, reply, 'request_invalid', {
        message: `The request has ${errors.length === 1 ? 'a mistake' : `${errors.length} mistakes`}.`,
        remedy: 'Mend what errors lists; /docs describes every request.',
        errors,
      });
    }
    const [code, parts] = ofFramework(thrown);
    if (code === 'unexpected') request.log.error({ err: thrown }, 'a request failed');
    return sendProblem(request, reply, code, parts);
  });

  app.setNotFoundHandler((request, reply) => {
    if (isForPage(request.method, request.url, request.headers.accept)) {
      return sendPage(reply);
    }
    const path = request.url.split('?', 1)[0] ?? '/';
    const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'].filter(
      (method) => method !== request.method && app.hasRoute({ method, url: path }),
    );
    if (methods.length === 0) {
      return sendProblem(request, reply, 'nothing_here', {
        message: 'There is nothing at this address.',
        remedy: 'Look at /docs for the addresses there are.',
      });
    }
    reply.header('allow', methods.join(', '));
    return sendProblem(request, reply, 'method_not_allowed', {
      message: `This address does not take ${request.method}.`,
      remedy: `Use ${methods.join(' or ')}.`,
    });
  });
}

/** An address that the framework itself cannot take apart, before there is a route to it. */
export function unroutable(
  error: FastifyError,
  request: FastifyRequest,
  reply: FastifyReply,
): void {
  const [code, parts] = ofFramework(error);
  sendProblem(request, reply.headers(bareHeaders), code, parts);
}

const where: Readonly<Record<string, string>> = {
  body: '',
  querystring: '?',
  params: '/',
  headers: '#',
};

/** Names come from the client, and may be as long as its body. */
const longestPath = 200;

function mistake(context: string, given: string, message: string): RequestMistake {
  const path = given.slice(0, longestPath);
  const field = path
    .split('/')
    .filter((part) => part !== '')
    .join('.');
  return {
    pointer: context === 'body' ? path : `${where[context] ?? ''}${field}`,
    field: field === '' ? null : field,
    code: 'request_invalid',
    severity: 'error',
    message: `${field === '' ? 'The request' : field}: ${message}.`,
    remedy: 'Look at /docs for what it takes.',
  };
}

/** Errors of the framework by their codes. */
function ofFramework(
  error: FastifyError,
): readonly [ProblemCode, { readonly message: string; readonly remedy: string }] {
  switch (error.code) {
    case 'FST_ERR_CTP_BODY_TOO_LARGE':
      return [
        'request_too_large',
        { message: 'The body is larger than this address takes.', remedy: 'Send less at once.' },
      ];
    case 'FST_ERR_CTP_INVALID_MEDIA_TYPE':
      return [
        'media_type_unknown',
        {
          message: 'The body is not JSON by its Content-Type.',
          remedy: 'Send Content-Type: application/json.',
        },
      ];
    case 'FST_ERR_CTP_EMPTY_JSON_BODY':
    case 'FST_ERR_CTP_INVALID_JSON_BODY':
    case 'FST_ERR_CTP_INVALID_CONTENT_LENGTH':
      return [
        'request_unreadable',
        { message: 'The request cannot be read as JSON.', remedy: 'Send one JSON value.' },
      ];
    case 'FST_ERR_BAD_URL':
    case 'FST_ERR_MAX_PARAM_LENGTH':
      return [
        'request_unreadable',
        { message: 'The address cannot be read.', remedy: 'Look at /docs for what there is.' },
      ];
    default:
      if (error.statusCode === 429) {
        return [
          'too_many_requests',
          { message: 'There are too many requests.', remedy: 'Wait as Retry-After says.' },
        ];
      }
      if (error.statusCode !== undefined && error.statusCode >= 400 && error.statusCode < 500) {
        return [
          'request_unreadable',
          { message: 'The request cannot be read.', remedy: 'Look at /docs for what there is.' },
        ];
      }
      return [
        'unexpected',
        {
          message: 'Something failed that should not fail.',
          remedy: 'Find request_id in the service’s log, and report it.',
        },
      ];
  }
}
