import { normalise, tokenise } from './tokens.ts';

/** A term and its meaning, as the team taught them. */
export type Definition = { readonly id: string; readonly term: string; readonly meaning: string };

/** A question with its terms replaced, and the ids of the definitions used. */
export type Rewritten = { readonly text: string; readonly used: readonly string[] };

const stemsOf = (text: string): readonly string[] => tokenise(normalise(text)).map((token) => token.stem);

/**
 * The question with the terms that the team defined replaced by their meanings, longer terms first. Meanings are not
 * searched again, so that "revenue" may be defined as "revenue after refunds". Undefined when no term occurs.
 */
export function applyDefinitions(question: string, definitions: readonly Definition[]): Rewritten | undefined {
  const text = normalise(question);
  const tokens = tokenise(text);
  const terms = definitions
    .map((definition) => ({ definition, stems: stemsOf(definition.term) }))
    .filter(({ stems }) => stems.length > 0)
    .sort((a, b) => b.stems.length - a.stems.length);
  const used = new Set<string>();
  let [out, done] = ['', 0];
  for (let i = 0; i < tokens.length; ) {
    const hit = terms.find(({ stems }) => stems.every((stem, j) => tokens[i + j]?.stem === stem));
    const last = hit === undefined ? undefined : tokens[i + hit.stems.length - 1];
    if (hit !== undefined && last !== undefined) {
      out += `${text.slice(done, tokens[i]?.start)}${hit.definition.meaning}`;
      done = last.end;
      used.add(hit.definition.id);
    }
    i += hit?.stems.length ?? 1;
  }
  return used.size === 0 ? undefined : { text: out + text.slice(done), used: [...used] };
}
