import { readText } from '../../language/tokens.ts';
import type { Model } from '../model/model.ts';

type Stems = readonly string[];

const stemsOf = (text: string): Stems => readText(text).tokens.map(({ stem }) => stem);

/** What may stand between a thing and what it has. */
const fromThing = new Set(['的']);
const fromName = new Set(['of', 'from', 'the', 'our', 'all']);

/**
 * Tells that a question asks for a column that is hidden, by its thing's name and its own: "customer emails" are no
 * customers who came by the channel of that name.
 */
export function createHiddenNames({ datasets }: Model): (question: string) => boolean {
  const pairs = [...datasets.values()].flatMap(({ phrases, fields }) => {
    const shown = new Set(fields.flatMap((field) => (field.hidden ? [] : field.phrases)));
    const names = fields.flatMap((field) => (field.hidden ? field.phrases.filter((name) => !shown.has(name)) : []));
    return phrases.flatMap((thing) => names.map((name) => [stemsOf(thing), stemsOf(name)] as const));
  });
  return (question) => {
    const stems = stemsOf(question);
    return pairs.some(
      ([thing, name]) => follows(stems, thing, name, fromThing) || follows(stems, name, thing, fromName),
    );
  };
}

/** One phrase, and after it the other, with nothing but such words between. */
function follows(stems: Stems, first: Stems, then: Stems, between: ReadonlySet<string>): boolean {
  if (first.length === 0 || then.length === 0) return false;
  for (const from of placesOf(stems, first)) {
    let at = from + first.length;
    while (between.has(stems[at] ?? '')) at += 1;
    if (isAt(stems, then, at)) return true;
  }
  return false;
}

const isAt = (stems: Stems, phrase: Stems, at: number): boolean => phrase.every((stem, i) => stems[at + i] === stem);
const placesOf = (stems: Stems, phrase: Stems): readonly number[] =>
  [...stems.keys()].filter((at) => isAt(stems, phrase, at));
