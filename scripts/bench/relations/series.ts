import type { Unit } from '../../../src/core/language/calendar.ts';
import { figureOf, isMarked, isNear, sumIs } from './figures.ts';
import type { NamedMeasure } from './names.ts';
import { nameOf, randomPeriod } from './periods.ts';
import { compared, type Relation, type Trial, type Tried } from './relation.ts';

const units = ['month', 'quarter', 'year', 'week', 'day'] as const;

const seriesMakesThePeriod: Relation = {
  name: 'a series adds up to its period',
  try(trial) {
    const measures = trial.names.measures.filter(({ addsUp, isDated }) => addsUp && isDated);
    if (measures.length === 0) return undefined;
    const measure = trial.chance.one(measures);
    const rest = trial.chance.percent(80) ? ` ${randomPeriod(trial.asker.asked.today, trial.chance).en}` : '';
    return compared(trial.asker, [`${measure.en} by ${trial.chance.one(units)}${rest}`, `${measure.en}${rest}`], sumIs);
  },
};

const spans = ['', '', 'last 12 months', 'last 90 days', 'past 8 weeks', 'this year', 'last year', 'last 6 months'];

/** The first or last bucket of a series, and the same period asked for by its name. */
async function tryBucket(
  { asker, chance }: Trial,
  measure: NamedMeasure,
  unit: Unit,
  isFirst: boolean,
): Promise<Tried> {
  const series = `${measure.en} by ${unit} ${chance.one(spans)}`.trim();
  return compared(asker, [series], () => undefined).then(async (tried) => {
    if (tried.kind !== 'held') return tried;
    const answer = await asker.ask(series);
    const row = answer.rows?.at(isFirst ? 0 : -1);
    const first = /^\d{4}-\d\d-\d\d/.exec(String(row?.[0] ?? ''))?.[0];
    const name = first === undefined ? undefined : nameOf(first, unit);
    if (row === undefined || name === undefined || isMarked(answer)) return tried;
    return compared(asker, [series, `${measure.en} ${name.en}`], (_, whole) => {
      const [figure, given] = [figureOf(whole), Number(row.at(-1) ?? 0)];
      return figure === undefined || isNear(figure, given)
        ? undefined
        : `the ${isFirst ? 'first' : 'last'} ${unit} has ${given}, asked apart it has ${figure}, and nothing says so`;
    });
  });
}

const bucketIsWhole =
  (unit: Unit, isFirst: boolean): Relation['try'] =>
  (trial) => {
    const measures = trial.names.measures.filter(({ isDated }) => isDated);
    return measures.length === 0 ? undefined : tryBucket(trial, trial.chance.one(measures), unit, isFirst);
  };

const bucketRelations: readonly Relation[] = (['month', 'quarter', 'year'] as const).flatMap((unit) =>
  [true, false].map((isFirst) => ({
    name: `the ${isFirst ? 'first' : 'last'} bucket of a series is whole or marked`,
    try: bucketIsWhole(unit, isFirst),
  })),
);

/** Relations between a series and its period. */
export const seriesRelations: readonly Relation[] = [seriesMakesThePeriod, ...bucketRelations];
