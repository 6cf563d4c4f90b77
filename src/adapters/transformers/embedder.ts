import { createHash } from 'node:crypto';
import { basename, dirname, isAbsolute } from 'node:path';
import { LRUCache } from 'lru-cache';
import { MemoriError } from '../../core/base/errors.ts';
import type { Logger } from '../../core/base/logger.ts';
import type { Embedder } from '../../core/vectors/embedder.ts';
import { type EmbedHost, EmbedProcessGone, startEmbedHost } from './embed-host.ts';
import type { EmbedModel } from './embed-protocol.ts';

/** The model whose weights are part of this repository. */
export const bundledModel = 'all-MiniLM-L6-v2';

/** Texts per inference. Larger batches are no faster, and a question would wait longer behind a re-embedding. */
const batchSize = 32;

/** Which model to load, and how many vectors to cache. */
export type EmbedderOptions = {
  /** `all-MiniLM-L6-v2`, another model id (downloaded once if it is not in the folder), or an absolute path. */
  readonly model: string;
  readonly modelsFolder: string;
  readonly logger: Logger;
  /** Vectors kept in memory, at least one. A vector of 384 dimensions takes 1.5 kB. */
  readonly cacheSize: number;
};

/** Starts one process. A parameter, so that tests can let the process die. */
export type StartHost = (model: EmbedModel) => Promise<EmbedHost>;

type Batch = {
  readonly texts: readonly string[];
  readonly resolve: (vectors: Float32Array) => void;
  readonly reject: (error: unknown) => void;
};

/**
 * Embeddings by a local model in a process of its own; resolves when the model is loaded. A process that ends
 * unexpectedly is replaced once and its work repeated. When that one ends too, calls reject with `model_unavailable`;
 * after `close`, with `cancelled`.
 * Errors: `config_invalid` when the model cannot be loaded.
 */
export async function openTransformersEmbedder(
  options: EmbedderOptions,
  startHost: StartHost = startEmbedHost,
): Promise<Embedder> {
  const model = embedModelOf(options);
  const startedAt = Date.now();
  const first = await startHost(model);
  options.logger.info('embedding model loaded', {
    model: options.model,
    dimensions: first.dimensions,
    multilingual: first.multilingual,
    pid: first.pid,
    ms: Date.now() - startedAt,
  });
  const cache = new LRUCache<string, Float32Array>({ max: Math.max(1, options.cacheSize) });
  /** Vectors being made: a second caller for the same text waits for the first one's. */
  const underway = new Map<string, Promise<Float32Array>>();
  const queue = createBatchQueue(() => startHost(model), first, options.logger);

  /** The vectors of a batch, each by the key of its text. */
  function begin(batch: readonly (readonly [string, string])[]) {
    const all = queue.run(batch.map(([, text]) => text));
    return batch.map(([key], at) => {
      const coming = all
        .then((vectors) => {
          const vector = vectors.slice(at * first.dimensions, (at + 1) * first.dimensions);
          cache.set(key, vector);
          return vector;
        })
        .finally(() => underway.delete(key));
      underway.set(key, coming);
      return [key, coming] as const;
    });
  }

  return {
    model: options.model,
    dimensions: first.dimensions,
    multilingual: first.multilingual,
    async embed(texts) {
      const keys = texts.map(keyOf);
      const vectors = new Map<string, Float32Array | Promise<Float32Array>>();
      const missing = new Map<string, string>();
      for (const [at, key] of keys.entries()) {
        const known = cache.get(key) ?? underway.get(key);
        if (known === undefined) missing.set(key, texts[at] ?? '');
        else vectors.set(key, known);
      }
      for (const batch of batchesByLength(missing)) for (const [key, coming] of begin(batch)) vectors.set(key, coming);
      return Promise.all(keys.map((key) => vectors.get(key) ?? new Float32Array(first.dimensions)));
    },
    async close() {
      cache.clear();
      await queue.close();
    },
  };
}

/** Only other models than the bundled one may be downloaded, and never for a path. */
function embedModelOf({ model, modelsFolder }: EmbedderOptions): EmbedModel {
  return isAbsolute(model)
    ? { model: basename(model), modelsFolder: dirname(model), remote: false }
    : { model, modelsFolder, remote: model !== bundledModel };
}

/** Keys are hashes, so that a forgotten text does not live on in the cache. */
const keyOf = (text: string): string => createHash('sha256').update(text).digest('base64');

/**
 * Groups texts of similar length, because each text of a batch costs as much as the longest, and padding makes an int8
 * model less precise.
 */
function batchesByLength(texts: ReadonlyMap<string, string>): [string, string][][] {
  const batches: [string, string][][] = [];
  let longest = 0;
  for (const entry of [...texts].sort(([, a], [, b]) => a.length - b.length)) {
    const { length } = entry[1];
    const batch = batches.at(-1);
    if (batch !== undefined && batch.length < batchSize && length <= longest) batch.push(entry);
    else {
      batches.push([entry]);
      longest = 2 * length + 16;
    }
  }
  return batches;
}

/** Gives the process one batch at a time, the smallest first: a question overtakes a re-embedding of thousands. */
function createBatchQueue(restart: () => Promise<EmbedHost>, first: EmbedHost, logger: Logger) {
  const waiting: Batch[] = [];
  let host: EmbedHost | undefined = first;
  let crashes = 0;
  let running = false;
  let closed = false;

  const attempt = async (batch: Batch): Promise<Float32Array> => {
    try {
      host ??= await restart();
      if (closed) throw new EmbedProcessGone('closed');
      const vectors = await host.run(batch.texts);
      crashes = 0;
      return vectors;
    } catch (error) {
      if (!(error instanceof EmbedProcessGone)) throw error;
      if (closed) await host?.close();
      host = undefined;
      if (closed) throw new MemoriError('cancelled', 'The embedding model was closed.');
      crashes += 1;
      if (crashes > 1) throw unavailable('ended twice in a row', error);
      logger.warn('embedding process ended, starting it again', { reason: error.message });
      return attempt(batch);
    }
  };

  const work = async () => {
    if (running) return;
    running = true;
    for (let batch = waiting.shift(); batch !== undefined; batch = waiting.shift()) {
      await attempt(batch).then(batch.resolve, batch.reject);
    }
    running = false;
  };

  return {
    run: (texts: readonly string[]) =>
      new Promise<Float32Array>((resolve, reject) => {
        waiting.push({ texts, resolve, reject });
        waiting.sort((a, b) => a.texts.length - b.texts.length);
        void work();
      }),
    async close() {
      closed = true;
      await host?.close();
    },
  };
}

function unavailable(what: string, cause: unknown): MemoriError {
  return new MemoriError('model_unavailable', `The embedding model ${what}.`, {
    next: 'Memories are found by their words meanwhile. Restart the bot; if it happens again, check its memory limit.',
    cause,
  });
}
