import type { Documents } from '../../core/base/documents.ts';
import type { Logger } from '../../core/base/logger.ts';

/**
 * Saves behind: the page and the Web API never wait for the disk. Of several pending writes to a document only the
 * newest is done, so a streamed message costs one write at a time.
 */
export type Saves = {
  put(id: string, value: unknown): void;
  delete(id: string): void;
  /** Resolves when everything asked for so far is stored or has failed (which is logged). */
  flush(): Promise<void>;
  /** Drops pending writes, and clears the documents. */
  clear(): Promise<void>;
};

/** A failed write is logged; later ones still happen. */
export function createSaves(documents: Documents, logger: Logger): Saves {
  const waiting = new Map<string, { readonly value: unknown } | undefined>();
  let writing: Promise<void> | undefined;

  async function writeAll(): Promise<void> {
    for (let next = take(waiting); next !== undefined; next = take(waiting)) {
      const [id, document] = next;
      try {
        await (document === undefined ? documents.delete(id) : documents.put(id, document.value));
      } catch (error) {
        logger.error('The playground could not save a part of its state.', { id, error });
      }
    }
  }

  async function drain(): Promise<void> {
    await writeAll();
    writing = undefined;
  }

  function start(): void {
    writing ??= drain();
  }

  return {
    put(id, value) {
      waiting.set(id, { value });
      start();
    },
    delete(id) {
      waiting.set(id, undefined);
      start();
    },
    async flush() {
      await writing;
    },
    async clear() {
      waiting.clear();
      await writing;
      await documents.clear();
    },
  };
}

function take<K, V>(map: Map<K, V>): readonly [K, V] | undefined {
  const [first] = map;
  if (first !== undefined) map.delete(first[0]);
  return first;
}
