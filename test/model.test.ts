import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { createAnthropicModel } from '../src/adapters/anthropic/anthropic-model.ts';
import type { ModelFailure, ModelRequest } from '../src/core/model.ts';
import type { Person, Place } from '../src/core/namespace.ts';
import { type Draft, draftSchema } from '../src/core/sql/prompt/draft.ts';
import { type AnthropicServer, startAnthropicServer } from './support/anthropic-server.ts';

const quiet = { info: () => {}, warn: () => {}, error: () => {} };
const person: Person = {
  team: 'T1',
  user: 'U1',
  name: 'Ada',
  locale: 'en',
  timeZone: 'UTC',
  external: false,
  admin: false,
};
const place: Place = { kind: 'dm', channel: 'D1', isPrivate: true, thread: '1.0' };
const request: ModelRequest<Draft> = {
  id: 'q1:write_sql:1',
  chargeTo: { person, place, question: 'q1' },
  purpose: 'write_sql',
  system: [
    { text: 'rules', cache: false },
    { text: 'schema', cache: true },
  ],
  messages: [{ role: 'user', text: '{"question":"how many orders?"}' }],
  schema: draftSchema,
  maxOutputTokens: 500,
};

describe('Claude over the real protocol', () => {
  let server: AnthropicServer;
  beforeAll(async () => {
    server = await startAnthropicServer(() => ({ sql: 'SELECT count(*) FROM orders', answer: '{count} orders.' }));
  });
  afterAll(() => server.close());
  beforeEach(() => {
    server.plans.length = 0;
    server.requests.length = 0;
  });

  const model = (apiKey = 'test', timeoutMs = 5000) =>
    createAnthropicModel({
      apiKey,
      model: 'claude-sonnet-5-5',
      baseUrl: server.url,
      caching: true,
      timeoutMs,
      retries: 1,
      logger: quiet,
    });
  const generate = (apiKey?: string, signal = new AbortController().signal) => model(apiKey).generate(request, signal);
  const failure = (apiKey?: string): Promise<ModelFailure> =>
    generate(apiKey).then(
      () => {
        throw new Error('it should have failed');
      },
      (error) => error,
    );

  it('streams a structured answer and reports usage', async () => {
    const reply = await generate();
    expect(reply.value.sql).toBe('SELECT count(*) FROM orders');
    expect(reply.usage).toMatchObject({ input: 1200, cacheRead: 0 });
    expect(await model().countInput(request, new AbortController().signal)).toBe(1200);
  });

  it('sends the stable part first, marked for the cache, and the schema of the output', async () => {
    await generate();
    const { body, key } = server.requests[0] ?? { body: {}, key: undefined };
    expect(key).toBe('test');
    expect(body.system).toEqual([
      { type: 'text', text: 'rules' },
      { type: 'text', text: 'schema', cache_control: { type: 'ephemeral', ttl: '1h' } },
    ]);
    expect(body).toMatchObject({ stream: true, max_tokens: 500, output_config: { format: { type: 'json_schema' } } });
    expect(body).not.toHaveProperty('temperature');
  });

  it.each([
    [429, 'rate_limit_error', 'Too many requests'],
    [529, 'overloaded_error', 'Overloaded'],
    [500, 'api_error', 'Internal server error'],
  ])('tries again after %i, and what failed was not billed', async (status, type, message) => {
    server.plans.push({ kind: 'error', status, type, message, retryAfter: 0 });
    expect((await generate()).value.kind).toBe('sql');
    server.plans.push(
      ...Array.from({ length: 2 }, () => ({ kind: 'error', status, type, message, retryAfter: 0 }) as const),
    );
    expect(await failure()).toMatchObject({ code: 'model_unavailable', billed: 'nothing' });
    expect(server.requests).toHaveLength(4);
  });

  it.each([
    [400, 'invalid_request_error', 'output_config: bad'],
    [404, 'not_found_error', 'model: claude-nope'],
    [429, 'rate_limit_error', 'You have reached your specified API usage limits. spend limit'],
  ])('never tries a fault of setup again: %i %s', async (status, type, message) => {
    server.plans.push({ kind: 'error', status, type, message });
    expect(await failure()).toMatchObject({ code: 'model_misconfigured', billed: 'nothing' });
    expect(server.requests).toHaveLength(1);
  });

  it('names the variable when the key is wrong', async () => {
    const error = await failure('wrong');
    expect(error).toMatchObject({ code: 'model_misconfigured', billed: 'nothing' });
    expect(error.next).toContain('ANTHROPIC_API_KEY');
  });

  it('keeps what a refusal, a truncated answer and an answer of another shape were billed', async () => {
    server.plans.push({ kind: 'refusal' }, { kind: 'max_tokens' }, { kind: 'text', text: 'SELECT 1' });
    expect(await failure()).toMatchObject({ code: 'model_refused', billed: { input: 1200 } });
    expect(await failure()).toMatchObject({ code: 'model_truncated', billed: { input: 1200 } });
    expect(await failure()).toMatchObject({ code: 'model_unavailable', billed: { input: 1200 } });
  });

  it('does not know what a cut stream was billed, and does not try again', async () => {
    server.plans.push({ kind: 'cut' });
    expect(await failure()).toMatchObject({ code: 'model_unavailable', billed: 'unknown' });
    expect(server.requests).toHaveLength(1);
  });

  it('stops a slow answer when it is aborted', async () => {
    server.plans.push({ kind: 'drip', ms: 200 });
    const abort = new AbortController();
    setTimeout(() => abort.abort(), 100);
    await expect(generate('test', abort.signal)).rejects.toMatchObject({ code: 'cancelled', billed: 'unknown' });
  });
});
