import { isMemoriError } from '../base/errors.ts';
import type { Logger } from '../base/logger.ts';
import type { Embedder } from './embedder.ts';
import { createPackedVectors, type PackedVectors, setVector } from './packed-vectors.ts';

/** What texts mean beside how they are spelt: vectors of unit length from the local model. */
export interface Meanings {
  /** Of a question. Undefined in a script that the model does not know, and when the model fails. */
  ofQuestion(text: string): Promise<Float32Array | undefined>;
  /** Of texts that stay, in their order, once they are there. The first call for a list begins to make them. */
  ofTexts(texts: readonly string[]): PackedVectors | undefined;
}

/** Texts embedded at once: a question that comes in between waits for no more than these. */
const batch = 16;

/**
 * Vectors of lists of texts are made in the background, a batch at a time, and kept as long as the list is. Whoever asks
 * before they are there does without: an answer never waits for them.
 */
export function createMeanings(opening: Promise<Embedder>, logger: Logger): Meanings {
  const made = new WeakMap<readonly string[], PackedVectors | 'making'>();

  async function make(texts: readonly string[]): Promise<void> {
    try {
      const embedder = await opening;
      const packed = createPackedVectors(embedder.dimensions);
      for (let at = 0; at < texts.length; at += batch)
        for (const [i, vector] of (await embedder.embed(texts.slice(at, at + batch))).entries())
          setVector(packed, at + i, vector);
      made.set(texts, packed);
    } catch (error) {
      made.delete(texts);
      // The program is stopping.
      if (isMemoriError(error, 'cancelled')) return;
      logger.warn('Texts could not be embedded; words alone find what is near.', { texts: texts.length, error });
    }
  }

  return {
    async ofQuestion(text) {
      try {
        const embedder = await opening;
        if (!embedder.multilingual && /\p{Script=Han}/u.test(text)) return undefined;
        return (await embedder.embed([text]))[0];
      } catch (error) {
        logger.warn('A question could not be embedded; words alone find what is near.', { error });
        return undefined;
      }
    },
    ofTexts(texts) {
      const known = made.get(texts);
      if (known === undefined) {
        made.set(texts, 'making');
        void make(texts);
      }
      return known === 'making' ? undefined : known;
    },
  };
}
