import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type Draft, draftSchema } from '../../src/core/answers/prompt/draft.ts';
import type { Place } from '../../src/core/base/namespace.ts';
import type { LanguageModel, ModelFailure, ModelRequest } from '../../src/core/model/model.ts';
import { ada } from './ada.ts';
import type { ModelServer } from './model-server.ts';
import { withoutWaiting, withTestTimers } from './test-timers.ts';

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
  maxOutputTokens: 500,
};

export const quiet = { info: () => {}, warn: () => {}, error: () => {} };

/** A model under test, with the local server that plays its vendor. */
export type ModelUnderTest<Server extends ModelServer> = {
  readonly start: (answer: () => Partial<Draft>) => Promise<Server>;
  /** One retry; the key `wrong` is refused by the server. */
  readonly model: (server: Server, apiKey: string) => LanguageModel;
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
      expect(await model(server, 'test').countInput(modelRequest, never())).toBeGreaterThanOrEqual(1200);
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
        server.plans.push({ ...slowDown, retryAfter: 30 });
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
      server.plans.push({ kind: 'endless' });
      const abort = new AbortController();
      const stopped = generate('test', abort.signal).catch((error: unknown) => error);
      while (server.requests.length === 0) await new Promise((resolve) => setImmediate(resolve));
      // What the server wrote before it answers this has been read: the answer has begun.
      await model(server, 'test').countInput(modelRequest, never());
      abort.abort();
      expect(await stopped).toMatchObject({ code: 'cancelled', billed: 'unknown' });
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
