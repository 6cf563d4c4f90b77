import { isMemoriError } from '../base/errors.ts';
import type { Logger } from '../base/logger.ts';
import type { Embedder } from './embedder.ts';
import { createPackedVectors, type PackedVectors, setVector } from './packed-vectors.ts';

/** Compares texts by meaning: unit vectors from the local model. */
export interface Meanings {
  /** The vector of a question. Undefined when the model does not know its script, and when the model fails. */
  ofQuestion(text: string): Promise<Float32Array | undefined>;
  /**
   * The vectors of a lasting list of texts, in its order; undefined until they are ready. The first call starts the
   * work.
   */
  ofTexts(texts: readonly string[]): PackedVectors | undefined;
}

/** Texts embedded at once. A question that arrives meanwhile waits for one batch at most. */
const batch = 16;

/**
 * Embeds lists of texts in the background, a batch at a time, and keeps the vectors as long as the list lives. Answers
 * never wait: until the vectors are ready, callers do without them.
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
