import type { Candidate } from './decide.ts';
import { isCopied } from './model/copied.ts';
import type { Model } from './model/model.ts';
import type { Reading } from './reading/reading.ts';

/**
 * The choices differ in nothing but whose field is taken: an order's channel that stands in its lines as well, under the
 * same name and with the same values. A city's name is no copy of its country's.
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
  const isCopy = (id: string, otherId: string): boolean => {
    const [one, other] = [fields.get(id), fields.get(otherId)];
    if (one === undefined || other === undefined) return false;
    return one === other || isCopied(model, one, other);
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
