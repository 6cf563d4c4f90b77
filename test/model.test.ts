import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { createAnthropicModel } from '../src/adapters/anthropic/anthropic-model.ts';
import { tokensFromAbove } from '../src/adapters/openai/count-tokens.ts';
import { createOpenAiModel } from '../src/adapters/openai/openai-model.ts';
import type { LogFields } from '../src/core/base/logger.ts';
import { startAnthropicServer } from './support/anthropic-server.ts';
import { describeLanguageModel, modelRequest, quiet } from './support/describe-language-model.ts';
import { emptyDraft, type ModelServer } from './support/model-server.ts';
import { type Lack, type OpenAiServer, startOpenAiServer } from './support/openai-server.ts';

const never = () => new AbortController().signal;
const shared = { timeoutMs: 5000, retries: 1, logger: quiet };

const claudeAt = ({ url }: ModelServer, apiKey = 'test') =>
  createAnthropicModel({ ...shared, apiKey, model: 'claude-sonnet-5-5', baseUrl: url, caching: true });
const openAiAt = (
  { url }: OpenAiServer,
  apiKey = 'test',
  more: Partial<Parameters<typeof createOpenAiModel>[0]> = {},
) => createOpenAiModel({ ...shared, apiKey, model: 'gpt-6.2-sol', baseUrl: url, isOpenAi: true, ...more });

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
  let server: ModelServer;
  beforeAll(async () => {
    server = await startAnthropicServer(() => ({ sql: 'SELECT 1' }));
  });
  afterAll(() => server.close());

  it('gets the stable part first, marked for the cache, and the schema of the output', async () => {
    await claudeAt(server).generate(modelRequest, never());
    const { body, key } = server.requests[0] ?? { body: {}, key: undefined };
    expect(key).toBe('test');
    expect(body.system).toEqual([
      { type: 'text', text: 'rules' },
      { type: 'text', text: 'schema', cache_control: { type: 'ephemeral', ttl: '1h' } },
    ]);
    expect(body).toMatchObject({ stream: true, max_tokens: 500, output_config: { format: { type: 'json_schema' } } });
    expect(body).not.toHaveProperty('temperature');
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
    log.length = 0;
  });
  const bodyOf = (index: number) => server.requests[index]?.body ?? {};

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
    ['everything', ['json_schema', 'json_object', 'stream_options', 'reasoning_effort', 'counting'], {}],
  ])('one that lacks %s is asked without, at once and from then on', async (_, lacks, expected) => {
    for (const lack of lacks) server.lacks.add(lack);
    const model = openAiAt(server, 'test', { isOpenAi: false, logger });
    for (const reply of [await model.generate(modelRequest, never()), await model.generate(modelRequest, never())]) {
      expect(reply.value.sql).toBe('SELECT 1');
      // Without usage the budget charges the whole hold.
      expect(reply.usage === undefined).toBe(server.lacks.has('stream_options'));
    }
    expect(server.requests).toHaveLength(2);
    expect(bodyOf(1)).toMatchObject(expected);
    expect(JSON.stringify(bodyOf(1).messages).includes('JSON Schema')).toBe(server.lacks.has('json_schema'));
    expect(log.length).toBe(lacks.filter((lack) => lack !== 'counting').length);
  });

  it('one that refuses both names of the limit is given up, as a fault of setup', async () => {
    server.lacks.add('max_tokens').add('max_completion_tokens');
    await expect(openAiAt(server).generate(modelRequest, never())).rejects.toMatchObject({
      code: 'model_misconfigured',
      billed: 'nothing',
    });
  });

  it('one that ignores the schema gets it in words the next time; thoughts and fences around JSON are no harm', async () => {
    const draft = JSON.stringify({ ...emptyDraft, sql: 'SELECT 2' });
    server.plans.push(
      { kind: 'text', text: 'Sure! SELECT 2' },
      { kind: 'text', text: `<think>{hm}</think>Here:\n\`\`\`json\n${draft}\n\`\`\`` },
    );
    const model = openAiAt(server);
    await expect(model.generate(modelRequest, never())).rejects.toMatchObject({ code: 'model_unavailable' });
    expect((await model.generate(modelRequest, never())).value.sql).toBe('SELECT 2');
    expect(bodyOf(1)).toMatchObject({ response_format: { type: 'json_object' } });
  });

  it('a server without the counting endpoint is bounded from above', async () => {
    server.lacks.add('counting');
    const bound = await openAiAt(server).countInput(modelRequest, never());
    expect(bound).toBeGreaterThan(JSON.stringify(modelRequest.messages).length / 3);
    expect(await openAiAt(server, 'test', { isOpenAi: false }).countInput(modelRequest, never())).toBe(bound);
  });

  it('the bound grows with every byte and is above what real vocabularies take', () => {
    // What o200k_base takes for these.
    for (const [text, tokens] of [
      ["SELECT date_trunc('month', ordered_at)::date AS month FROM orders", 15],
      ['上个月柏林的净收入是多少', 8],
      ['Geschäftsjahresanfangsbestand', 8],
    ] as const)
      expect(tokensFromAbove([text])).toBeGreaterThan(tokens);
    expect(tokensFromAbove(['a'.repeat(100)])).toBeLessThan(tokensFromAbove(['a'.repeat(200)]));
  });
});
