import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Plan } from './support/model-server.ts';
import type { Lack, OpenAiServer } from './support/openai-server.ts';
import { createTestClock } from './support/playground-app.ts';
import { startMemori, type TestMemori, textOf } from './support/start-memori.ts';
import { until } from './support/until.ts';

const answer = { sql: 'SELECT count(*) AS orders FROM orders', answer: '{orders} orders.' };
/** Short enough for a test, long enough for a machine that is busy. */
const patience = {
  MEMORI_MODEL_FIRST_TOKEN_TIMEOUT_MS: '1500',
  MEMORI_MODEL_IDLE_TIMEOUT_MS: '700',
  MEMORI_MODEL_TOTAL_TIMEOUT_MS: '3000',
};
const details = async (memori: TestMemori, as: string, message: Parameters<TestMemori['press']>[1]) => {
  await memori.press(as, message, 'Details');
  const text = textOf(memori.slack.modal(as) ?? {});
  await memori.slack.closeView({ as });
  return text;
};

type State = Partial<Pick<OpenAiServer, 'models' | 'contextTokens' | 'charactersPerToken'>> & {
  readonly lacks?: readonly Lack[];
};
type Situation = {
  readonly name: string;
  readonly plans?: readonly Plan[];
  readonly server?: State;
  /** What the person reads. */
  readonly reads: RegExp;
  /** Calls that reached the model. */
  readonly calls: number;
};

const refused = (status: number, type: string, message: string, more: object = {}): Plan => ({
  kind: 'error',
  status,
  type,
  message,
  ...more,
});
const prose: Plan = { kind: 'text', text: 'I would look at the orders table for that.' };
const empty: Plan = { kind: 'text', text: '' };
const loop: Plan = { kind: 'loop', text: '{"sql": "SELECT ', piece: 'ordersAS ' };
const thoughts: Plan = { kind: 'thoughts' };
const right = /^[\d,]+ orders\./;

const situations: readonly Situation[] = [
  {
    name: 'stalls in the middle',
    plans: [{ kind: 'stall' }],
    reads: /stopped in the middle of its answer.*MEMORI_MODEL_IDLE_TIMEOUT_MS/,
    calls: 1,
  },
  {
    name: 'is silent after its headers',
    plans: [{ kind: 'silence' }],
    reads: /sent nothing in the time I wait.*MEMORI_PROMPT_SIZE/,
    calls: 1,
  },
  {
    name: 'is silent before its headers',
    plans: [{ kind: 'hang' }],
    reads: /sent nothing in the time I wait/,
    calls: 1,
  },
  {
    name: 'writes for too long',
    plans: [{ kind: 'drip', ms: 650 }],
    reads: right,
    calls: 1,
  },
  {
    name: 'has a context too small for the prompt',
    server: { contextTokens: 2000 },
    reads: right,
    calls: 1,
  },
  {
    name: 'has a context too small for any prompt',
    server: { contextTokens: 20 },
    reads: /longer than the model can read, even cut down.*MEMORI_PROMPT_SIZE/,
    calls: 0,
  },
  { name: 'answers with nothing once', plans: [empty], reads: right, calls: 2 },
  { name: 'answers with nothing twice', plans: [empty, empty], reads: /answered with nothing, twice/, calls: 2 },
  { name: 'only thinks, once', plans: [thoughts], reads: right, calls: 2 },
  { name: 'only thinks, twice', plans: [thoughts, thoughts], reads: /only thought and gave no answer/, calls: 2 },
  { name: 'says it in prose once', plans: [prose], reads: right, calls: 2 },
  {
    name: 'says it in prose twice',
    plans: [prose, prose],
    reads: /not answer in a form that I can read, twice/,
    calls: 2,
  },
  {
    name: 'answers with SQL alone',
    plans: [{ kind: 'text', text: '```sql\nSELECT count(*) AS orders FROM orders\n```' }],
    reads: /[\d,]+/,
    calls: 1,
  },
  { name: 'loops once', plans: [loop], reads: right, calls: 2 },
  { name: 'loops twice', plans: [loop, loop], reads: /began to repeat itself, so I ended the call/, calls: 2 },
  {
    name: 'loops after its statement',
    plans: [{ kind: 'loop', text: `${JSON.stringify(answer).slice(0, -1)}, "assumptions": [`, piece: '"#", ' }],
    reads: right,
    calls: 1,
  },
  { name: 'refuses the system role', server: { lacks: ['system_role'] }, reads: right, calls: 1 },
  {
    name: 'refuses what nobody knows (400)',
    plans: [refused(400, 'invalid_request_error', 'Bad moon rising')],
    reads: /refuses the way it is asked/,
    calls: 1,
  },
  {
    name: 'has another model (404)',
    server: { models: ['llama3.2'] },
    reads: /no model “gpt-6.2-sol” at 127\.0\.0\.1:\d+\. An operator can set MEMORI_OPENAI_MODEL/,
    calls: 0,
  },
  {
    name: 'has nothing at that path (404)',
    plans: [refused(404, 'x', 'Not Found')],
    reads: /no model API at that address.*OPENAI_BASE_URL.*\/v1/,
    calls: 1,
  },
  {
    name: 'is limited for a moment (429)',
    plans: [refused(429, 'requests', 'Slow down', { retryAfterMs: 20 })],
    reads: right,
    calls: 2,
  },
  {
    name: 'is limited for a minute (429)',
    plans: [refused(429, 'requests', 'Slow down', { retryAfter: 60 })],
    reads: /too many requests right now. Try again in 60 seconds/,
    calls: 1,
  },
  {
    name: 'has no credit (429)',
    plans: [refused(429, 'insufficient_quota', 'You exceeded your current quota.')],
    reads: /no credit left or has reached its spend limit/,
    calls: 1,
  },
  {
    name: 'loads its model (503)',
    plans: [refused(503, 'unavailable_error', 'Loading model')],
    reads: right,
    calls: 2,
  },
  {
    name: 'is a proxy (HTML, 200)',
    plans: [{ kind: 'html', status: 200 }],
    reads: /web page.*OPENAI_BASE_URL/,
    calls: 1,
  },
  {
    name: 'is a proxy (HTML, 403)',
    plans: [{ kind: 'html', status: 403 }],
    reads: /web page.*OPENAI_BASE_URL/,
    calls: 1,
  },
  { name: 'breaks off', plans: [{ kind: 'cut' }], reads: /connection to the model broke in the middle/, calls: 1 },
];

const started: TestMemori[] = [];
const start = async (options: Parameters<typeof startMemori>[0]): Promise<TestMemori> => {
  const memori = await startMemori(options);
  started.push(memori);
  return memori;
};
/** Also after a test that failed. */
afterEach(async () => {
  for (const memori of started.splice(0)) await memori.stop();
});

describe('with a server of its own that', () => {
  const clock = createTestClock();
  let memori: TestMemori;
  beforeAll(async () => {
    memori = await startMemori({ env: patience, openai: () => answer, clock });
  });
  afterAll(() => memori.stop());
  beforeEach(() => {
    memori.openai.plans.length = 0;
    memori.openai.requests.length = 0;
  });
  afterEach(() => become({}));

  /** From the next question on, when what is known of the server is a minute old. */
  const become = ({ lacks = [], ...state }: State): void => {
    Object.assign(memori.openai, { models: undefined, contextTokens: undefined, charactersPerToken: 3, ...state });
    memori.openai.lacks.clear();
    for (const lack of lacks) memori.openai.lacks.add(lack);
    clock.advance(61_000);
  };

  for (const { name, plans = [], server = {}, reads, calls } of situations)
    it(name, async () => {
      become(server);
      memori.openai.plans.push(...plans);
      const { text } = await memori.ask('xyzzy how many orders');
      expect(text).toMatch(reads);
      expect(text).not.toMatch(/Something went wrong on my side/);
      expect(memori.openai.requests).toHaveLength(calls);
      await until(() => memori.openai.open === 0, 5000);
    });

  it('says all this in Chinese as well', async () => {
    memori.openai.plans.push({ kind: 'silence' });
    expect((await memori.ask('xyzzy 订单有多少')).text).toMatch(/没有返回任何内容.*MEMORI_PROMPT_SIZE.*已验证/);
  });

  it('stalls on five questions: a verified one of the same person does not wait', async () => {
    const own = await start({
      env: { ...patience, MEMORI_MODEL_FIRST_TOKEN_TIMEOUT_MS: '9000', MEMORI_MODEL_TOTAL_TIMEOUT_MS: '9000' },
      openai: () => answer,
    });
    for (let at = 0; at < 5; at += 1) own.openai.plans.push({ kind: 'silence' });
    for (let at = 0; at < 5; at += 1) await own.slack.say({ as: 'tom', channel: 'dm', text: `xyzzy ${at}` });
    await until(() => own.openai.open === 5, 10_000);
    await own.slack.say({ as: 'tom', channel: 'dm', text: 'net revenue by month' });
    const isAnswered = () =>
      own.records.some(({ outcome }) => outcome.status === 'answered' && outcome.source === 'verified');
    await until(isAnswered, 10_000);
    expect(own.openai.open).toBe(5);
    await own.slack.idle();
    expect(own.openai.open).toBe(0);
  });
});

describe('what fits', () => {
  const folder = mkdtempSync(join(tmpdir(), 'memori-fits-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('a Chinese schema of eight tables with twelve columns each is asked about, on any server', async () => {
    const path = join(folder, 'erp.duckdb');
    const written = await DuckDBInstance.create(path);
    const writer = await written.connect();
    await writer.run(readFileSync(new URL('./fixtures/model/chinese-schema.sql', import.meta.url), 'utf8'));
    writer.closeSync();
    written.closeSync();
    const memori = await start({
      env: { DATA_SOURCES: `erp=duckdb://${path}` },
      openai: () => ({ sql: "SELECT count(*) AS n FROM sales WHERE status = '已发货'", answer: '共 {n} 笔。' }),
    });
    expect((await memori.ask('erp 里已发货的订单有多少')).text).toContain('共 20 笔。');
    expect(memori.openai.requests).toHaveLength(1);
  });

  it('a thread of twelve follow-ups with long statements never dies, and the details say what was left out', async () => {
    const long = `SELECT ${Array.from({ length: 14 }, (_, at) => `sum(CASE WHEN o.order_id % 14 = ${at} THEN 1 ELSE 0 END) AS part_${at}`).join(', ')} FROM orders AS o`;
    const memori = await start({ openai: () => ({ sql: long, answer: '{part_0} in the first part.' }) });
    // A vocabulary that takes nearly half as many again as estimated.
    Object.assign(memori.openai, { inputTokens: 0, charactersPerToken: 2.2 });
    const first = await memori.ask('xyzzy how the orders fall into parts', { channel: 'analytics' });
    for (let at = 1; at <= 12; at += 1) {
      const next = await memori.ask(`xyzzy and then part ${at}`, { channel: 'analytics', thread: first.sent.ts });
      expect(next.text).toMatch(/in the first part/);
      if (at === 12) expect(await details(memori, 'maya', next.answer)).toMatch(/Left out for lack of room/);
    }
    const longest = Math.max(...memori.openai.requests.map(({ body }) => JSON.stringify(body.messages).length));
    expect(longest).toBeLessThan(6000 * 4);
  });
});
