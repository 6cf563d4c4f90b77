import { isMostlyHan } from '../language/search-words.ts';
import type { Embedder } from '../vectors/embedder.ts';
import { pieceTexts } from './embedding-text.ts';
import type { Embedding } from './memory.ts';

/**
 * Embeds texts that are to be stored, whole and in pieces. Undefined for a text in a script that the model does not
 * know. Errors: those of `embed`.
 */
export async function embedTexts(
  embedder: Embedder,
  texts: readonly string[],
): Promise<readonly (Embedding | undefined)[]> {
  const wanted = texts.map((text) => (isKnown(embedder, text) ? [text, ...pieceTexts(text)] : []));
  const vectors = [...(await embedder.embed(wanted.flat()))];
  return wanted.map((of) => {
    const [vector, ...pieces] = vectors.splice(0, of.length);
    return vector && { model: embedder.model, vector, ...(pieces.length > 0 && { pieces }) };
  });
}

/** Whether the model understands the script of a text. An English model compares Han text at random. */
export const isKnown = ({ multilingual }: Embedder, text: string): boolean => multilingual || !isMostlyHan(text);
