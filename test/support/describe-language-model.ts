import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { TimeLimits } from '../../src/adapters/models/model-deadlines.ts';
import { type Draft, draftSchema } from '../../src/core/answers/prompt/draft.ts';
import { readDraft } from '../../src/core/answers/prompt/read-draft.ts';
import type { Place } from '../../src/core/base/namespace.ts';
import type { LanguageModel, ModelFailure, ModelRequest } from '../../src/core/model/model.ts';
import { ada } from './ada.ts';
import type { ModelServer, Plan } from './model-server.ts';
import { withoutWaiting, withTestTimers } from './test-timers.ts';
import { until } from './until.ts';

const place: Place = { kind: 'dm', channel: 'D1', isPrivate: true, thread: '1.0' };

export const modelRequest: ModelRequest<Draft> = {
  id: 'q1:write_sql:1',
  chargeTo: { person: ada, place, question: 'q1' },
  purpose: 'write_sql',
  system: [
    { text: 'rules', cache: false },
    { text: 'schema', cache: true },
  ],
  messages: [{ role: 'user', text: '{"question":"how many orders?"}' }],
  schema: draftSchema,
  read: readDraft,
  maxOutputTokens: 500,
};

export const quiet = { info: () => {}, warn: () => {}, error: () => {} };

/** A model under test, with the local server that plays its vendor. */
export type ModelUnderTest<Server extends ModelServer> = {
  readonly start: (answer: () => Partial<Draft>) => Promise<Server>;
  /** One retry; the key `wrong` is refused by the server. */
  readonly model: (server: Server, apiKey: string, limits?: Partial<TimeLimits>, loadingMs?: number) => LanguageModel;
  /** The variable that holds the key. */
  readonly keyVariable: string;
  /** The vendor's own errors: [status, type, message]. */
  readonly faults: {
    readonly passing: readonly (readonly [number, string, string])[];
    readonly lasting: readonly (readonly [number, string, string])[];
  };
};

/** What every model behind the `LanguageModel` port does, over its vendor's real protocol. */
export function describeLanguageModel<Server extends ModelServer>(
  name: string,
  { start, model, keyVariable, faults }: ModelUnderTest<Server>,
): void {
  describe(name, () => {
    let server: Server;
    beforeAll(async () => {
      server = await start(() => ({ sql: 'SELECT count(*) FROM orders', answer: '{count} orders.' }));
    });
    afterAll(() => server.close());
    beforeEach(() => {
      server.plans.length = 0;
      server.requests.length = 0;
    });

    const never = () => new AbortController().signal;
    const generate = (apiKey = 'test', signal = never()) => model(server, apiKey).generate(modelRequest, signal);
    const failure = (apiKey?: string): Promise<ModelFailure> =>
      generate(apiKey).then(
        () => {
          throw new Error('it should have failed');
        },
        (error) => error,
      );

    it('streams a structured answer and reports usage; the count is no less', async () => {
      const reply = await generate();
      expect(reply.value.sql).toBe('SELECT count(*) FROM orders');
      expect(reply.usage).toMatchObject({ input: 1200, cacheRead: 0 });
      expect((await model(server, 'test').countInput(modelRequest, never())) ?? 0).toBeGreaterThanOrEqual(1200);
    });

    it.each(faults.passing)(
      'tries again after %i %s, and what failed was not billed',
      async (status, type, message) => {
        const fault = { kind: 'error', status, type, message, retryAfter: 0 } as const;
        server.plans.push(fault);
        expect((await withoutWaiting(() => generate())).value.kind).toBe('sql');
        server.plans.push(fault, fault);
        expect(await withoutWaiting(() => failure())).toMatchObject({ code: 'model_unavailable', billed: 'nothing' });
        expect(server.requests).toHaveLength(4);
      },
    );

    it.each(faults.lasting)('never tries a fault of setup again: %i %s', async (status, type, message) => {
      server.plans.push({ kind: 'error', status, type, message, retryAfter: 0 });
      expect(await failure()).toMatchObject({ code: 'model_misconfigured', billed: 'nothing' });
      expect(server.requests).toHaveLength(1);
    });

    it('waits as long as the vendor asks', () =>
      withTestTimers(async (pass) => {
        const slowDown = { kind: 'error', status: 429, type: 'rate_limit_error', message: 'Slow down' } as const;
        server.plans.push({ ...slowDown, retryAfter: 10 });
        const answered = generate();
        await pass(9_500);
        expect(server.requests).toHaveLength(1);
        // Our own pause, half a second to one, comes after it.
        await pass(2_000);
        expect((await answered).value.kind).toBe('sql');
        server.plans.push({ ...slowDown, retryAfter: 15 });
        const abort = new AbortController();
        const stopped = generate('test', abort.signal).catch((error: unknown) => error);
        await pass(14_000);
        expect(server.requests).toHaveLength(3);
        abort.abort();
        expect(await stopped).toMatchObject({ code: 'cancelled' });
      }));

    it('names the variable when the key is wrong', async () => {
      const error = await failure('wrong');
      expect(error).toMatchObject({ code: 'model_misconfigured', billed: 'nothing' });
      expect(error.next).toContain(keyVariable);
    });

    it('keeps what a refusal, a truncated answer and an answer of another shape were billed', async () => {
      server.plans.push({ kind: 'refusal' }, { kind: 'max_tokens' }, { kind: 'text', text: 'I would count them.' });
      expect(await failure()).toMatchObject({ code: 'model_refused', billed: { input: 1200 } });
      expect(await failure()).toMatchObject({ code: 'model_truncated', billed: { input: 1200 } });
      expect(await failure()).toMatchObject({ code: 'model_unavailable', billed: { input: 1200 } });
    });

    it('of a cut stream what had come is billed, and it is not tried again', async () => {
      server.plans.push({ kind: 'cut' });
      const { code, reason, billed } = await failure();
      expect({ code, reason }).toEqual({ code: 'model_unavailable', reason: 'cut' });
      expect(Object.values(billed)).toContain(14);
      expect(server.requests).toHaveLength(1);
    });

    describe('limits of time', () => {
      const impatient = (limits: object) => model(server, 'test', limits).generate(modelRequest, never());
      it.each<readonly [string, Plan, object, string]>([
        ['that never sends headers', { kind: 'hang' }, { firstTokenMs: 400 }, 'first_token'],
        ['that opens the stream and only pings', { kind: 'silence' }, { firstTokenMs: 400 }, 'first_token'],
        ['that stops in the middle', { kind: 'stall' }, { idleMs: 200 }, 'idle'],
        ['that goes on and on', { kind: 'drip', ms: 1500 }, { totalMs: 400 }, 'total'],
      ])('ends the call of a server %s, frees its place, and does not ask again', async (_, plan, limits, reason) => {
        server.plans.push(plan);
        const error = await impatient(limits).then(
          () => undefined,
          (failed: unknown) => failed,
        );
        expect(error).toMatchObject({ code: 'model_unavailable', reason });
        expect(server.requests).toHaveLength(1);
        await until(() => server.open === 0);
      });
    });

    it('ends an answer that only repeats itself; what was complete before it is the answer', async () => {
      const before = '{"sql": "SELECT 1", "kind": "sql", "assumptions": [';
      server.plans.push(
        { kind: 'loop', text: before, piece: '"#",' },
        { kind: 'loop', text: '{"sql": "', piece: 'ordersAS ' },
      );
      const reply = await generate();
      expect(reply).toMatchObject({ value: { kind: 'sql', sql: 'SELECT 1' } });
      expect(await failure()).toMatchObject({ code: 'model_truncated', reason: 'loop' });
      await until(() => server.open === 0);
    });

    it('reads what stands after thoughts, and says so when there is nothing but thoughts', async () => {
      server.plans.push({ kind: 'thoughts', text: 'SELECT 2' }, { kind: 'thoughts' }, { kind: 'thoughts', text: '' });
      expect((await generate()).value.sql).toBe('SELECT 2');
      expect(await failure()).toMatchObject({ code: 'model_truncated', reason: 'thoughts' });
      expect(await failure()).toMatchObject({ code: 'model_unavailable', reason: 'thoughts' });
    });

    it.each<readonly [string, string]>([
      ['SQL alone', 'SELECT 3'],
      ['SQL in a fence', 'Here it is:\n```sql\nSELECT 3\n```\nGood luck!'],
      ['kind and sql', '{"kind": "sql", "sql": "SELECT 3"}'],
      ['another case, in a fence', '```json\n{"kind": "SQL", "SQL": "SELECT 3"}\n```'],
      ['after thoughts', '<think>{"sql": "no"}</think>{"sql": "SELECT 3"}'],
    ])('takes %s for a draft', async (_, text) => {
      server.plans.push({ kind: 'text', text });
      expect((await generate()).value).toMatchObject({ kind: 'sql', sql: 'SELECT 3' });
    });

    it.each<readonly [string, string, string]>([
      ['nothing', '', 'empty'],
      ['prose', 'I would look at the orders table.', 'off_form'],
      ['SQL without a statement', '{"kind": "sql", "sql": ""}', 'off_form'],
      ['a question without a question', '{"kind": "clarify", "sql": "SELECT 1", "options": []}', 'off_form'],
    ])('does not take %s for one', async (_, text, reason) => {
      server.plans.push({ kind: 'text', text });
      expect(await failure()).toMatchObject({ code: 'model_unavailable', reason, billed: { input: 1200 } });
    });

    it.each<readonly [string, Partial<Extract<Plan, { kind: 'error' }>>, object]>([
      ['as seconds', { retryAfter: 60 }, { seconds: 60 }],
      ['as a date', { retryAfter: new Date(Date.now() + 90_000).toUTCString() }, {}],
      ['as milliseconds', { retryAfterMs: 45_000 }, { seconds: 45 }],
    ])('a wait that nobody sits through, asked for %s, is told and not waited for', async (_, header, details) => {
      server.plans.push({ kind: 'error', status: 429, type: 'rate_limit_error', message: 'Slow down', ...header });
      const error = await failure();
      expect(error).toMatchObject({ code: 'model_unavailable', reason: 'rate', details });
      expect(Number(error.details.seconds)).toBeGreaterThan(40);
      expect(server.requests).toHaveLength(1);
    });

    it('a server that loads its model is asked until it is there', async () => {
      const loading = { kind: 'error', status: 503, type: 'unavailable_error', message: 'Loading model' } as const;
      server.plans.push(loading, loading, loading);
      const patient = model(server, 'test', {}, 10_000);
      expect((await withoutWaiting(() => patient.generate(modelRequest, never()))).value.kind).toBe('sql');
      server.plans.push(loading, loading);
      expect(await withoutWaiting(failure)).toMatchObject({ code: 'model_unavailable', reason: 'loading' });
    });

    it('a web page is named as one, with the variable of the address', async () => {
      server.plans.push({ kind: 'html', status: 403 });
      expect(await failure()).toMatchObject({ code: 'model_misconfigured', reason: 'web_page' });
    });

    it('stops a slow answer when it is aborted', async () => {
      server.plans.push({ kind: 'endless' });
      const abort = new AbortController();
      const stopped = generate('test', abort.signal).catch((error: unknown) => error);
      while (server.requests.length === 0) await new Promise((resolve) => setImmediate(resolve));
      // What the server wrote before it answers this has been read: the answer has begun.
      await model(server, 'test').countInput(modelRequest, never());
      abort.abort();
      expect(await stopped).toMatchObject({ code: 'cancelled', billed: expect.not.stringMatching('nothing') });
    });

    it('a server that is away is not billed', async () => {
      const away = await start(() => ({}));
      const gone = model(away, 'test');
      await away.close();
      await expect(withoutWaiting(() => gone.generate(modelRequest, never()))).rejects.toMatchObject({
        code: 'model_unavailable',
        billed: 'nothing',
      });
    });
  });
}
