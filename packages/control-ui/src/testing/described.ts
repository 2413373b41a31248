import { Ajv2020 } from 'ajv/dist/2020.js';
import type { LightMyRequestResponse } from 'fastify';
import type { App } from '../routes/routes.ts';

/** The API as /openapi.json describes it. */
export interface Described {
  /** `GET /api/presets/{id}` … */
  readonly operations: ReadonlySet<string>;
  /** @throws Error when an answer is not what the description promises. */
  check(method: string, url: string, answer: LightMyRequestResponse): void;
}

interface Operation {
  readonly responses?: Record<string, { readonly content?: Record<string, { schema?: unknown }> }>;
}

/** Reads the description of an app that is ready. */
export function described(app: App): Described {
  const document = JSON.parse(JSON.stringify(app.swagger())) as {
    readonly paths: Record<string, Record<string, Operation>>;
  };
  const ajv = new Ajv2020({ strict: false, validateFormats: false });
  ajv.addSchema(document, 'api');
  const entries = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({
      name: `${method.toUpperCase()} ${path}`,
      method,
      path,
      operation,
      matches: new RegExp(`^${path.replace(/\{[^}]+\}/g, '[^/]+')}$`),
      // Exact addresses go before those with parameters.
      parameters: path.split('{').length,
    })),
  );
  entries.sort((a, b) => a.parameters - b.parameters);

  const check: Described['check'] = (method, url, answer) => {
    const path = url.split('?', 1)[0] ?? url;
    const found = entries.find(
      (entry) => entry.method === method.toLowerCase() && entry.matches.test(path),
    );
    const status = String(answer.statusCode);
    const fail = (why: string): never => {
      throw new Error(
        `${method} ${url} answered ${status}: ${why}\n${answer.body.slice(0, 2_000)}`,
      );
    };
    const problem = answer.statusCode >= 400;
    const type = String(answer.headers['content-type'] ?? '').split(';', 1)[0] ?? '';
    if (
      problem &&
      type !== 'application/problem+json' &&
      !(status === '503' && path === '/ready')
    ) {
      fail(`an error as ${type}`);
    }
    if (found === undefined) {
      if (!problem) fail('the API’s description does not have it');
      return;
    }
    const { responses = {} } = found.operation;
    const key = [status, `${status[0]}XX`].find((name) => Object.hasOwn(responses, name));
    if (key === undefined) return fail('a status that is not described');
    const content = responses[key]?.content ?? {};
    const described = Object.keys(content)[0];
    if (described === undefined || answer.statusCode === 204) return;
    if (!Object.hasOwn(content, type) && !problem) return fail(`${type} is not described`);
    if (!type.endsWith('json')) return;
    const media = Object.hasOwn(content, type) ? type : described;
    const pointer = [
      'paths',
      found.path,
      found.method,
      'responses',
      key,
      'content',
      media,
      'schema',
    ]
      .map((part) => part.replaceAll('~', '~0').replaceAll('/', '~1'))
      .map(encodeURIComponent)
      .join('/');
    const validate = ajv.getSchema(`api#/${pointer}`);
    if (validate === undefined) return fail('a description without a schema');
    if (!validate(JSON.parse(answer.body))) fail(ajv.errorsText(validate.errors));
  };
  return { operations: new Set(entries.map(({ name }) => name)), check };
}
