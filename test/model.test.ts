import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import fc from 'fast-check';
import { createAnthropicModel } from '../src/adapters/anthropic/anthropic-model.ts';
import type { TimeLimits } from '../src/adapters/models/model-deadlines.ts';
import { createOpenAiModel } from '../src/adapters/openai/openai-model.ts';
import type { Documents } from '../src/core/base/documents.ts';
import type { LogFields } from '../src/core/base/logger.ts';
import { estimateTokens, mostTokens } from '../src/core/language/estimate-tokens.ts';
import { isRepeating } from '../src/core/model/repetition.ts';
import { retirements } from '../src/core/model/retirements.ts';
import { createTokenRatios, openTokenRatios } from '../src/core/model/token-ratios.ts';
import { type AnthropicServer, startAnthropicServer } from './support/anthropic-server.ts';
import { describeLanguageModel, modelRequest, quiet } from './support/describe-language-model.ts';
import type { ModelServer } from './support/model-server.ts';
import { type OllamaServer, startOllamaServer } from './support/ollama-server.ts';
import { type Lack, type OpenAiServer, startOpenAiServer } from './support/openai-server.ts';

const never = () => new AbortController().signal;
const patience = { connectMs: 1000, firstTokenMs: 5000, idleMs: 5000, totalMs: 5000 };
const shared = { retries: 1, loadingMs: 0, logger: quiet };

const claudeAt = (
  { url }: ModelServer,
  apiKey = 'test',
  limits: Partial<TimeLimits> = {},
  loadingMs = 0,
  more: Partial<Parameters<typeof createAnthropicModel>[0]> = {},
) =>
  createAnthropicModel({
    ...shared,
    apiKey,
    model: 'claude-sonnet-5-5',
    baseUrl: url,
    caching: true,
    limits: { ...patience, ...limits },
    loadingMs,
    ...more,
  });
const openAiAt = (
  { url }: ModelServer,
  apiKey = 'test',
  limits: Partial<TimeLimits> = {},
  loadingMs = 0,
  more: Partial<Parameters<typeof createOpenAiModel>[0]> = {},
) =>
  createOpenAiModel({
    ...shared,
    apiKey,
    model: 'gpt-6.2-sol',
    baseUrl: url,
    isOpenAi: true,
    limits: { ...patience, ...limits },
    loadingMs,
    ...more,
  });
/** A server of one's own. */
const localAt = (server: ModelServer, more: Partial<Parameters<typeof createOpenAiModel>[0]> = {}) =>
  openAiAt(server, 'test', {}, 0, { isOpenAi: false, model: 'qwen3:4b', ...more });

describeLanguageModel('Claude', {
  start: startAnthropicServer,
  model: claudeAt,
  keyVariable: 'ANTHROPIC_API_KEY',
  faults: {
    passing: [
      [429, 'rate_limit_error', 'Too many requests'],
      [529, 'overloaded_error', 'Overloaded'],
      [500, 'api_error', 'Internal server error'],
    ],
    lasting: [
      [400, 'invalid_request_error', 'output_config: bad'],
      [404, 'not_found_error', 'model: claude-nope'],
      [429, 'rate_limit_error', 'You have reached your specified API usage limits. spend limit'],
    ],
  },
});

describeLanguageModel('GPT', {
  start: startOpenAiServer,
  model: openAiAt,
  keyVariable: 'OPENAI_API_KEY',
  faults: {
    passing: [
      [429, 'requests', 'Rate limit reached for gpt-6.2-sol. Please try again in 20ms.'],
      [503, 'server_error', 'The engine is currently overloaded'],
      [500, 'server_error', 'The server had an error while processing your request'],
    ],
    lasting: [
      [400, 'invalid_request_error', 'Invalid schema for this model'],
      [404, 'invalid_request_error', 'The model `gpt-nope` does not exist'],
      [429, 'insufficient_quota', 'You exceeded your current quota, please check your plan.'],
      [429, 'requests', 'Your project has reached its monthly spend limit.'],
    ],
  },
});

describe('Claude over the wire', () => {
  let server: AnthropicServer;
  beforeAll(async () => {
    server = await startAnthropicServer(() => ({ sql: 'SELECT 1' }));
  });
  afterAll(() => server.close());
  beforeEach(() => {
    server.plans.length = 0;
    server.requests.length = 0;
    server.lacks.clear();
  });
  const at = (more: Partial<Parameters<typeof createAnthropicModel>[0]> = {}) => claudeAt(server, 'test', {}, 0, more);
  const bodies = () => server.requests.map(({ body }) => body);
  const sonnet45 = 'claude-sonnet-4-5-20250929';

  it('gets the stable part first, marked for the cache, and the schema of the output', async () => {
    await at().generate(modelRequest, never());
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
    ['claude-haiku-5-5', 'low', { type: 'disabled' }],
    ['claude-sonnet-5-5', 'low', { type: 'between_tools' }],
    ['claude-sonnet-5-5', 'high', undefined],
    ['claude-opus-5-5', 'low', undefined],
  ] as const)('%s thinks as the question is worth: at %s effort %j', async (model, effort, thinking) => {
    const claude = at({ model });
    await claude.generate({ ...modelRequest, effort }, never());
    expect(bodies()[0]?.thinking).toEqual(thinking);
    expect(bodies()[0]).toMatchObject({ output_config: { effort } });
    expect(claude.capacity?.(undefined).thinks).toBe(model === 'claude-opus-5-5' ? 'always' : 'when_asked');
  });

  it('a model that takes no effort is sent none, and one that nobody knows is asked without what it refuses', async () => {
    await at({ model: sonnet45, now: () => Date.parse('2026-11-20') }).generate(modelRequest, never());
    expect(bodies()[0]?.output_config).not.toHaveProperty('effort');
    server.models.set('claude-next', { effort: false, thinking: ['adaptive'] });
    server.lacks.add('models');
    const next = at({ model: 'claude-next' });
    await next.generate(modelRequest, never());
    await next.generate(modelRequest, never());
    expect(bodies()).toHaveLength(3);
    expect(bodies()[2]?.output_config).not.toHaveProperty('effort');
    server.lacks.clear();
    const known = at({ model: 'claude-next' });
    expect(await known.check?.(never())).toMatchObject({ ok: true, contextTokens: 200_000 });
    expect(known.capacity?.(undefined)).toMatchObject({ contextTokens: 200_000, thinks: 'always' });
  });

  it('a gateway that does not count fails nothing', async () => {
    server.lacks.add('counting').add('models');
    const model = at();
    expect(await model.countInput(modelRequest, never())).toBeUndefined();
    expect(await model.check?.(never())).toMatchObject({ ok: true, notes: [] });
    expect((await model.generate(modelRequest, never())).value.sql).toBe('SELECT 1');
  });

  it.each([
    ['enforced_spend_limit_reached', 429, 'rate_limit_error', 'model_misconfigured', 'credit'],
    ['organization_on_hold', 403, 'permission_error', 'model_misconfigured', 'credit'],
    ['', 402, 'billing_error', 'model_misconfigured', 'credit'],
    ['', 403, 'permission_error', 'model_misconfigured', 'key'],
    ['ramp_limit_exceeded', 429, 'rate_limit_error', 'model_unavailable', 'rate'],
  ])('reads the code %s (%i %s), whatever the words', async (errorCode, status, type, code, reason) => {
    const fault = { kind: 'error', status, type, message: 'Something, somehow.', retryAfter: 60 } as const;
    server.plans.push({ ...fault, ...(errorCode ? { code: errorCode } : {}) });
    await expect(at().generate(modelRequest, never())).rejects.toMatchObject({ code, reason });
  });

  describe('a model that retires', () => {
    it('is told sixty days ahead, with the one to take', async () => {
      const notes = async (day: string) =>
        (await at({ model: sonnet45, now: () => Date.parse(day) }).check?.(never()))?.notes;
      expect(await notes('2026-11-29')).toEqual([
        { kind: 'retires', model: sonnet45, on: '2026-11-30', successor: 'claude-sonnet-5-5' },
      ]);
      server.lacks.add('models');
      expect(await notes('2026-10-02')).toHaveLength(1);
      expect(await notes('2026-09-30')).toEqual([]);
    });

    it('is answered for by its successor from its last day on, and that is said', async () => {
      const model = at({ model: sonnet45, now: () => Date.parse('2026-11-30T08:00:00Z') });
      expect((await model.generate(modelRequest, never())).model).toBe('claude-sonnet-5-5');
      expect(await model.check?.(never())).toMatchObject({
        ok: true,
        notes: [{ kind: 'replaced', model: sonnet45, on: '2026-11-30', successor: 'claude-sonnet-5-5' }],
      });
    });

    it('that is gone before its day is answered for as well, in the same question', async () => {
      const before = server.models.get(sonnet45);
      server.models.delete(sonnet45);
      const model = at({ model: sonnet45, now: () => Date.parse('2026-11-20') });
      expect((await model.generate(modelRequest, never())).model).toBe('claude-sonnet-5-5');
      if (before) server.models.set(sonnet45, before);
    });

    it('is in the list of the SDK, with the same day', () => {
      const file = new URL('../node_modules/@anthropic-ai/sdk/internal/data/deprecated-models.mjs', import.meta.url);
      const listed = [...readFileSync(file, 'utf8').matchAll(/'(claude[^']+)': '(\w+) (\d+)\w\w, (\d+)'/g)].map(
        ([, model, month, day, year]) => [model, new Date(`${month} ${day}, ${year} UTC`).toISOString().slice(0, 10)],
      );
      expect(listed.length).toBeGreaterThan(0);
      expect(Object.fromEntries(listed)).toEqual(
        Object.fromEntries(Object.entries(retirements).map(([model, { on }]) => [model, on])),
      );
    });
  });
});

describe('servers that speak like OpenAI', () => {
  let server: OpenAiServer;
  const log: { readonly message: string; readonly fields: LogFields | undefined }[] = [];
  const logger = {
    ...quiet,
    info: (message: string, fields?: LogFields) => void log.push({ message, fields }),
  };
  beforeAll(async () => {
    server = await startOpenAiServer(() => ({ sql: 'SELECT 1' }));
  });
  afterAll(() => server.close());
  beforeEach(() => {
    server.plans.length = 0;
    server.requests.length = 0;
    server.lacks.clear();
    server.saysMaxModelLen.clear();
    Object.assign(server, { models: undefined, contextTokens: undefined, charactersPerToken: 3 });
    log.length = 0;
  });
  const bodyOf = (index: number) => server.requests.at(index)?.body ?? {};

  it('OpenAI itself gets a strict schema, its own name of the limit, and one system message', async () => {
    await openAiAt(server).generate(modelRequest, never());
    expect(server.requests[0]?.key).toBe('test');
    expect(bodyOf(0)).toMatchObject({
      stream: true,
      stream_options: { include_usage: true },
      max_completion_tokens: 500,
      reasoning_effort: 'low',
      response_format: { type: 'json_schema', json_schema: { strict: true, schema: { type: 'object' } } },
      messages: [
        { role: 'system', content: 'rules\n\nschema' },
        { role: 'user', content: '{"question":"how many orders?"}' },
      ],
    });
    expect(bodyOf(0)).not.toHaveProperty('max_tokens');
    expect(bodyOf(0)).not.toHaveProperty('temperature');
  });

  it.each<readonly [string, readonly Lack[], object]>([
    ['schemas', ['json_schema'], { response_format: { type: 'json_object' } }],
    ['JSON at all', ['json_schema', 'json_object'], { max_tokens: 500 }],
    ['the older limit', ['max_tokens'], { max_completion_tokens: 500 }],
    ['effort', ['reasoning_effort'], { max_tokens: 500 }],
    ['a choice of temperature', ['temperature'], { max_tokens: 500 }],
    ['bounds in schemas', ['bounds'], { response_format: { type: 'json_schema' } }],
    ['a system role', ['system_role'], { messages: [{ role: 'user', content: expect.stringMatching(/^rules/) }] }],
    ['streaming', ['streaming'], { max_tokens: 500 }],
    ['everything', ['json_schema', 'json_object', 'stream_options', 'reasoning_effort', 'counting'], {}],
  ])('one that lacks %s is asked without, at once and from then on', async (_, lacks, expected) => {
    for (const lack of lacks) server.lacks.add(lack);
    const model = localAt(server, { logger });
    for (const reply of [await model.generate(modelRequest, never()), await model.generate(modelRequest, never())]) {
      expect(reply.value.sql).toBe('SELECT 1');
      // Without usage the budget charges the whole hold.
      expect(reply.usage === undefined).toBe(server.lacks.has('stream_options'));
    }
    expect(server.requests).toHaveLength(2);
    expect(bodyOf(1)).toMatchObject(expected);
    expect(bodyOf(1).temperature).toBe(server.lacks.has('temperature') ? undefined : 0);
    expect(JSON.stringify(bodyOf(1).messages).includes('JSON Schema')).toBe(server.lacks.has('json_schema'));
    expect(log.length).toBe(lacks.filter((lack) => lack !== 'counting' && lack !== 'streaming').length);
  });

  it('one that refuses both names of the limit is given up, as a fault of setup', async () => {
    server.lacks.add('max_tokens').add('max_completion_tokens');
    await expect(openAiAt(server).generate(modelRequest, never())).rejects.toMatchObject({
      code: 'model_misconfigured',
      billed: 'nothing',
    });
  });

  it('a format is given up after three replies in a row that cannot be read, and for a time', async () => {
    let now = 1_000_000;
    jest.spyOn(Date, 'now').mockImplementation(() => now);
    const model = localAt(server);
    const prose = { kind: 'text', text: 'Sure! I would count them.' } as const;
    const formatOf = async () => {
      await model.generate(modelRequest, never()).catch(() => {});
      return (bodyOf(-1).response_format as { type?: string } | undefined)?.type;
    };
    server.plans.push(prose, prose);
    expect([await formatOf(), await formatOf(), await formatOf()]).toEqual(Array(3).fill('json_schema'));
    server.plans.push(prose, prose, prose);
    await formatOf();
    await formatOf();
    await formatOf();
    expect(await formatOf()).toBe('json_object');
    now += 11 * 60_000;
    expect(await formatOf()).toBe('json_schema');
    jest.restoreAllMocks();
  });

  it('a server that says nothing of its context is believed when it refuses a prompt', async () => {
    const model = localAt(server);
    server.contextTokens = 300;
    server.saysMaxModelLen.add('another');
    server.charactersPerToken = 0.2;
    expect(model.capacity?.(undefined).tokens).toBeUndefined();
    await expect(model.generate(modelRequest, never())).rejects.toMatchObject({
      code: 'model_misconfigured',
      reason: 'context',
      details: { contextTokens: 300, variable: 'MEMORI_PROMPT_SIZE' },
    });
    expect(model.capacity?.(undefined).tokens).toBe(300);
  });

  it.each<readonly [string, Partial<OpenAiServer>, readonly string[], object]>([
    ['is there and has the model', { models: ['qwen3:4b'] }, [], { ok: true, notes: [], contextTokens: undefined }],
    [
      'says its context as vLLM does',
      { models: ['qwen3:4b'], contextTokens: 32_768 },
      ['qwen3:4b'],
      { ok: true, notes: [], contextTokens: 32_768 },
    ],
    [
      'says its context as llama.cpp does, and it is small',
      { contextTokens: 2048 },
      [],
      { ok: true, notes: [{ kind: 'small_context', tokens: 2048 }], contextTokens: 2048 },
    ],
    [
      'has other models',
      { models: ['llama', 'phi'] },
      [],
      {
        ok: false,
        notes: [
          {
            kind: 'failed',
            reason: 'no_model',
            details: expect.objectContaining({ models: 'llama, phi', variable: 'MEMORI_OPENAI_MODEL' }),
          },
        ],
      },
    ],
  ])('is asked before anything is generated: it %s', async (_, state, says, expected) => {
    Object.assign(server, state);
    for (const model of says) server.saysMaxModelLen.add(model);
    expect(await localAt(server).check?.(never())).toMatchObject(expected);
    expect(server.requests).toHaveLength(0);
  });

  it('one that is away, or a proxy in its place, is no tick', async () => {
    const away = await startOpenAiServer(() => ({}));
    const model = localAt(away);
    await away.close();
    expect(await model.check?.(never())).toMatchObject({
      ok: false,
      notes: [{ kind: 'failed', reason: 'away', details: { variable: 'OPENAI_BASE_URL' } }],
    });
  });

  it('a model that the server has not is named with its variable', async () => {
    server.models = ['llama'];
    await expect(localAt(server).generate(modelRequest, never())).rejects.toMatchObject({
      code: 'model_misconfigured',
      reason: 'no_model',
      details: { model: 'qwen3:4b', variable: 'MEMORI_OPENAI_MODEL' },
    });
  });

  it('a server without the counting endpoint does not count', async () => {
    server.lacks.add('counting');
    expect(await openAiAt(server).countInput(modelRequest, never())).toBeUndefined();
    expect(await localAt(server).countInput(modelRequest, never())).toBeUndefined();
  });
});

describe('Ollama by its own API', () => {
  let server: OllamaServer;
  beforeAll(async () => {
    server = await startOllamaServer(() => ({ sql: 'SELECT 1 AS one_and_only' }));
  });
  afterAll(() => server.close());
  beforeEach(() => {
    server.plans.length = 0;
    server.requests.length = 0;
  });

  it('gets the context size that the prompt was made for, the schema, temperature 0, and keeps the model loaded', async () => {
    const model = localAt(server);
    expect(await model.check?.(never())).toMatchObject({ ok: true, contextTokens: 8192 });
    const reply = await model.generate(modelRequest, never());
    expect(reply).toMatchObject({ value: { sql: 'SELECT 1 AS one_and_only' }, usage: { input: 1200 } });
    expect(server.requests[0]?.body).toMatchObject({
      keep_alive: '30m',
      think: false,
      format: { type: 'object', properties: { sql: { type: 'string' } } },
      options: { temperature: 0, num_ctx: 8192, num_predict: 500 },
    });
    expect(model.capacity?.(undefined)).toMatchObject({ tokens: 8192, thinks: 'never' });
  });

  it('a model that was not pulled is told with those that are there', async () => {
    const model = localAt(server, { model: 'nope' });
    expect(await model.check?.(never())).toMatchObject({ ok: false, notes: [{ reason: 'no_model' }] });
    await expect(model.generate(modelRequest, never())).rejects.toMatchObject({ reason: 'no_model' });
  });

  it('ends what stalls and what loops, as elsewhere', async () => {
    server.plans.push(
      { kind: 'stall' },
      { kind: 'loop', text: '{"sql": "', piece: 'a, ' },
      { kind: 'thoughts', text: 'SELECT 5' },
    );
    const model = localAt(server, { limits: { ...patience, idleMs: 200 } });
    const failure = () => model.generate(modelRequest, never()).catch((error: unknown) => error);
    expect(await failure()).toMatchObject({ reason: 'idle' });
    expect(await failure()).toMatchObject({ reason: 'loop' });
    expect((await model.generate(modelRequest, never())).value.sql).toBe('SELECT 5');
  });
});

describe('tokens without a tokenizer', () => {
  it('the bound grows with every byte and is above what real vocabularies take', () => {
    // What o200k_base takes for these.
    for (const [text, tokens] of [
      ["SELECT date_trunc('month', ordered_at)::date AS month FROM orders", 15],
      ['上个月柏林的净收入是多少', 8],
      ['Geschäftsjahresanfangsbestand', 8],
    ] as const)
      expect(mostTokens(text)).toBeGreaterThan(tokens);
    expect(mostTokens('a'.repeat(100))).toBeLessThan(mostTokens('a'.repeat(200)));
  });

  it('the estimate is corrected by what a server reports, for Latin and Chinese text on their own, and kept', async () => {
    const kept = new Map<string, number>();
    const ratios = createTokenRatios(new Map(), (key, ratio) => kept.set(key, ratio));
    const latin = 'SELECT customer_id FROM orders '.repeat(60);
    const chinese = '订单的客户编号，由业务人员维护。'.repeat(40);
    expect(ratios.estimate('m', latin)).toBe(estimateTokens(latin));
    ratios.learn('m', latin, estimateTokens(latin) * 0.75);
    ratios.learn('m', chinese, estimateTokens(chinese) * 1.5);
    expect(ratios.estimate('m', latin)).toBe(Math.ceil(estimateTokens(latin) * 0.75));
    expect(ratios.estimate('m', chinese)).toBe(Math.ceil(estimateTokens(chinese) * 1.5));
    expect(ratios.ratio('another', latin)).toBeUndefined();
    ratios.learn('m', latin, estimateTokens(latin) * 0.9);
    expect(ratios.ratio('m', latin)).toBeCloseTo(0.795);
    const again = await openTokenRatios({
      ...({} as Documents),
      all: async () => [...kept].map(([id, value]) => ({ id, value })),
    });
    expect(again.ratio('m', latin)).toBeCloseTo(0.795);
  });
});

describe('repetition', () => {
  const column = fc.stringMatching(/^[a-z_]{3,12}$/);
  it('is no pivot of up to 24 columns, no long list of values, no prose', () => {
    const pivot = fc
      .tuple(column, fc.integer({ min: 2, max: 24 }))
      .map(([name, of]) =>
        Array.from({ length: of }, (_, at) => `SUM(CASE WHEN ${name} = ${at} THEN amount END) AS ${name}_${at}`).join(
          ', ',
        ),
      );
    const values = fc.uniqueArray(column, { minLength: 50, maxLength: 150 }).map((all) => `IN ('${all.join("', '")}')`);
    fc.assert(
      fc.property(fc.oneof(pivot, values, fc.lorem({ maxCount: 80 })), (text) => {
        expect(isRepeating(`SELECT ${text}`)).toBe(false);
      }),
    );
  });

  it('is any piece over and over, to the letter or counting up', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1, maxLength: 60 }), column, (piece, before) => {
        expect(isRepeating(before + piece.repeat(Math.ceil(400 / piece.length) + 9))).toBe(true);
      }),
    );
    expect(isRepeating(`{"assumptions": [${Array.from({ length: 60 }, (_, at) => `"${at}"`).join(', ')}, `)).toBe(true);
  });
});
