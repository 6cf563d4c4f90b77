import { isAbove, type NamedThing, plural } from './names.ts';
import type { Trial } from './relation.ts';

/** A thing, and one of which it has several. */
export function twoThings({ names, chance, asker }: Trial): readonly [one: NamedThing, below: NamedThing] | undefined {
  const { model } = asker.asked;
  const pairs = names.things.flatMap((one) =>
    names.things
      .filter((below) => below !== one && isAbove(model, below.dataset.name, one.dataset.name))
      .map((below) => [one, below] as const),
  );
  return pairs.length === 0 ? undefined : chance.one(pairs);
}

/** More than one of them, in words. */
export const many = ({ en }: NamedThing): string => plural(en);
