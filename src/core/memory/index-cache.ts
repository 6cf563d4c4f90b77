import type { WordCounts } from './bm25.ts';
import { countText, type Index, indexPassages, type Passage } from './rank.ts';

/** Texts and pools whose words were counted: enough for the scopes of a busy workspace. */
const maxTexts = 20_000;
const maxPools = 50;

/** Keeps word counts, because the same memories are compared with question after question. */
export interface IndexCache {
  /** `key` stands for the texts and their order; the rest of the passages may differ from call to call. */
  index(key: string, passages: readonly Passage[]): Index;
  /** After a forgetting: nothing of the texts stays in memory. */
  clear(): void;
}

export function createIndexCache(): IndexCache {
  const texts = new Map<string, WordCounts>();
  const pools = new Map<string, Index>();
  const count = (text: string): WordCounts => {
    const counts = texts.get(text) ?? countText(text);
    if (texts.size >= maxTexts) texts.clear();
    texts.set(text, counts);
    return counts;
  };
  return {
    index(key, passages) {
      const index = { ...(pools.get(key) ?? indexPassages(passages, count)), passages };
      if (pools.size >= maxPools) pools.clear();
      // Without the vectors, which are the bulk.
      pools.set(key, { ...index, passages: [] });
      return index;
    },
    clear() {
      texts.clear();
      pools.clear();
    },
  };
}
