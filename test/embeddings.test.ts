import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startEmbedHost } from '../src/adapters/transformers/embed-host.ts';
import { openTransformersEmbedder, type StartHost } from '../src/adapters/transformers/embedder.ts';
import type { Embedder } from '../src/core/vectors/embedder.ts';

const modelsFolder = fileURLToPath(new URL('../models', import.meta.url));
const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };
const options = { model: 'all-MiniLM-L6-v2', modelsFolder, logger: silent, cacheSize: 100 };

type References = { readonly references: readonly { readonly text: string; readonly vector: readonly number[] }[] };
const { references } = JSON.parse(
  readFileSync(`${modelsFolder}/all-MiniLM-L6-v2/reference-vectors.json`, 'utf8'),
) as References;

const dot = (a: ArrayLike<number>, b: ArrayLike<number>) =>
  Array.from(a).reduce((sum, value, at) => sum + value * (b[at] ?? 0), 0);

describe('the bundled model', () => {
  let embedder: Embedder;
  beforeAll(async () => {
    embedder = await openTransformersEmbedder(options);
  });
  afterAll(() => embedder.close());

  it('gives the reference vectors, alone and in a batch', async () => {
    const batch = await embedder.embed(references.map(({ text }) => text));
    const other = await openTransformersEmbedder(options);
    for (const [at, { text, vector }] of references.entries()) {
      const [alone] = await other.embed([text]);
      expect(dot(batch[at] ?? [], vector)).toBeGreaterThanOrEqual(0.97);
      expect(dot(alone ?? [], vector)).toBeGreaterThanOrEqual(0.97);
    }
    await other.close();
  });

  it('says what it is', () => {
    expect(embedder).toMatchObject({ model: 'all-MiniLM-L6-v2', dimensions: 384, multilingual: false });
  });

  it('keeps the order of the texts over several batches, with repeats', async () => {
    const texts = Array.from({ length: 80 }, (_, at) => `${'word '.repeat((at * 7) % 13)}number ${at % 70}`);
    const vectors = await embedder.embed(texts);
    expect(vectors).toHaveLength(80);
    for (const at of [0, 11, 42, 75]) {
      const [again] = await embedder.embed([texts[at] ?? '']);
      expect(dot(vectors[at] ?? [], again ?? [])).toBeGreaterThan(0.97);
    }
    for (const vector of vectors) expect(Math.abs(dot(vector, vector) - 1)).toBeLessThan(1e-3);
  });

  it('leaves the event loop alone while it works', async () => {
    let turns = 0;
    const timer = setInterval(() => {
      turns += 1;
    }, 5);
    await embedder.embed(Array.from({ length: 96 }, (_, at) => `a sentence about revenue and customers ${at}`));
    clearInterval(timer);
    expect(turns).toBeGreaterThan(3);
  });

  it('understands nearness', async () => {
    const [a, b, c] = await embedder.embed(['How much did we sell?', 'What were our sales?', 'The cat sleeps.']);
    expect(dot(a ?? [], b ?? [])).toBeGreaterThan(dot(a ?? [], c ?? []) + 0.3);
  });
});

describe('when it goes wrong', () => {
  it('names the model and the folder when the model cannot be loaded', async () => {
    const missing = openTransformersEmbedder({ ...options, model: '/nowhere/models/tiny' });
    await expect(missing).rejects.toMatchObject({
      code: 'config_invalid',
      next: expect.stringContaining('/nowhere/models/tiny'),
    });
  });

  /** The real process; it is killed in its first `deaths` runs, over all processes. */
  const dying = (deaths: number): { start: StartHost; started: () => number } => {
    let left = deaths;
    let started = 0;
    return {
      started: () => started,
      start: async (model) => {
        started += 1;
        const host = await startEmbedHost(model);
        const run = async (texts: readonly string[]) => {
          if (left === 0) return host.run(texts);
          left -= 1;
          if (host.pid !== undefined) process.kill(host.pid, 'SIGKILL');
          return host.run(texts);
        };
        return { ...host, run };
      },
    };
  };

  it('replaces a process that died and repeats the work', async () => {
    const { start, started } = dying(1);
    const embedder = await openTransformersEmbedder(options, start);
    const [vector] = await embedder.embed([references[0]?.text ?? '']);
    expect(dot(vector ?? [], references[0]?.vector ?? [])).toBeGreaterThanOrEqual(0.97);
    expect(started()).toBe(2);
    await embedder.close();
  });

  it('gives up after the second death, and is well again afterwards', async () => {
    const { start, started } = dying(2);
    const embedder = await openTransformersEmbedder(options, start);
    const error = await embedder.embed(['x']).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'model_unavailable' });
    expect(started()).toBe(2);
    await expect(embedder.embed(['x'])).resolves.toHaveLength(1);
    await embedder.close();
  });

  it('embeds a text once that is asked for again before it is there', async () => {
    const asked: string[] = [];
    const embedder = await openTransformersEmbedder(options, async () => ({
      pid: undefined,
      dimensions: 1,
      multilingual: false,
      run: async (texts) => {
        asked.push(...texts);
        await new Promise((resolve) => setTimeout(resolve, 20));
        return Float32Array.from(texts, ({ length }) => length);
      },
      close: async () => undefined,
    }));
    const [first, second] = await Promise.all([embedder.embed(['ab']), embedder.embed(['ab', 'abc'])]);
    expect([first, second].map((vectors) => vectors.map(([value]) => value))).toEqual([[2], [2, 3]]);
    expect(asked.toSorted()).toEqual(['ab', 'abc']);
    await embedder.close();
  });

  it('rejects what is asked of it while and after it closes', async () => {
    const embedder = await openTransformersEmbedder(options);
    const running = embedder.embed(['one', 'two']).catch((thrown: unknown) => thrown);
    await embedder.close();
    expect(await running).toMatchObject({ code: 'cancelled' });
    await expect(embedder.embed(['x'])).rejects.toMatchObject({ code: 'cancelled' });
  });
});
