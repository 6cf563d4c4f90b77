import type { Field, Model } from './model.ts';
import { reaches } from './paths.ts';

/** The two columns hold the same of the same thing. */
export function isCopied(model: Model, one: Field, other: Field): boolean {
  const isOnWay = reaches(model, one.dataset, other.dataset) || reaches(model, other.dataset, one.dataset);
  return one.name === other.name && isOnWay && haveSameValues(one, other);
}

const haveSameValues = (a: Field, b: Field): boolean =>
  a.values.length > 0 && JSON.stringify(a.values.toSorted()) === JSON.stringify(b.values.toSorted());
