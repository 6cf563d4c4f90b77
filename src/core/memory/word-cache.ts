import type { WordCounts } from './bm25.ts';
import { countText } from './rank.ts';

/** Texts whose words were counted: enough for the scopes of a busy workspace. */
const maxTexts = 20_000;

/** Keeps the word counts of texts, because the same memories are compared with question after question. */
export function createWordCache() {
  const counted = new Map<string, WordCounts>();
  return {
    count(text: string): WordCounts {
      const known = counted.get(text);
      if (known !== undefined) return known;
      const counts = countText(text);
      if (counted.size >= maxTexts) counted.clear();
      counted.set(text, counts);
      return counts;
    },
    /** After a forgetting: nothing of the text stays in memory. */
    clear: () => counted.clear(),
  };
}
