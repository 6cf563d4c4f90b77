import { isAbove, type NamedGroup, type NamedMeasure, type Names } from './names.ts';
import { randomPeriod } from './periods.ts';
import type { Trial } from './relation.ts';

/** A measure with something above it to group it by: no row is in two groups. */
export function grouped(
  { names, chance, asker }: Trial,
  isWanted: (one: NamedMeasure) => boolean,
): readonly [NamedMeasure, NamedGroup] | undefined {
  const measures = names.measures.filter(isWanted);
  if (measures.length === 0) return undefined;
  const measure = chance.one(measures);
  const groups = names.groups.filter(({ dataset }) => isAbove(asker.asked.model, measure.dataset, dataset));
  return groups.length === 0 ? undefined : [measure, chance.one(groups)];
}

/** A value of a field above the measure. */
export const valueAbove = (
  { names, chance, asker }: Trial,
  measure: NamedMeasure,
): Names['values'][number] | undefined => {
  const values = names.values.filter(
    ({ field, others }) => others.length === 0 && isAbove(asker.asked.model, measure.dataset, field.dataset),
  );
  return values.length === 0 ? undefined : chance.one(values);
};

export const sometimes = (trial: Trial, measure: NamedMeasure): string =>
  measure.isDated && trial.chance.percent(40) ? ` ${randomPeriod(trial.asker.asked.today, trial.chance).en}` : '';
