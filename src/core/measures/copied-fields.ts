import type { Candidate } from './decide.ts';
import type { Model } from './model.ts';
import { reaches } from './paths.ts';
import type { Reading } from './reading.ts';

/**
 * The choices differ in nothing but whose field is taken: an order's channel that stands in its lines as well, under the
 * same name.
 */
export function areCopies(
  choices: readonly Candidate[],
  model: Model,
): choices is readonly [Candidate, ...Candidate[]] {
  const { fields } = model;
  const named = (reading: Reading): string =>
    JSON.stringify(reading, (key, value: unknown) =>
      key === 'field' ? (fields.get(String(value))?.name ?? value) : value,
    );
  const used = choices.map(({ reading }) => fieldsIn(reading));
  const isCopy = (a: string, b: string): boolean => {
    const [of, other] = [fields.get(a)?.dataset ?? '', fields.get(b)?.dataset ?? ''];
    return of === other || reaches(model, of, other) || reaches(model, other, of);
  };
  const [first, ...others] = choices;
  return (
    first !== undefined &&
    others.every(({ reading }) => named(reading) === named(first.reading)) &&
    used.every((list) => list.every((id, at) => isCopy(id, used[0]?.[at] ?? id)))
  );
}

/** Ids of fields, in their order. */
function fieldsIn(reading: Reading): readonly string[] {
  const found: string[] = [];
  JSON.stringify(reading, (key, value: unknown) => {
    if (key === 'field') found.push(String(value));
    return value;
  });
  return found;
}
