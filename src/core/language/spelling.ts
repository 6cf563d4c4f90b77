import { createColumnValues } from './column-values.ts';
import { normalise, stem, tokenise } from './tokens.ts';

/**
 * Replaces unknown words by the only known word that is one letter away. For suggestions, not for answers: "county" is
 * not a misspelt "country". Undefined when nothing was replaced.
 */
export function createSpelling(words: ReadonlySet<string>): (text: string) => string | undefined {
  const vocabulary = createColumnValues([...words]);
  return (raw) => {
    const text = normalise(raw);
    let [out, done] = ['', 0];
    for (const { text: word, start, end } of tokenise(text)) {
      const correct = words.has(stem(word))
        ? undefined
        : (vocabulary.findMisspelt(word) ?? vocabulary.findMisspelt(stem(word)));
      if (correct === undefined) continue;
      out += text.slice(done, start) + correct;
      done = end;
    }
    return done === 0 ? undefined : out + text.slice(done);
  };
}
