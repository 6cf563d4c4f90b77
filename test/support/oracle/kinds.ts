import type { Dimension, Filter } from '../../../src/core/measures/reading/reading.ts';
import type { Checked } from './check-reading.ts';
import { differenceOf } from './compare-rows.ts';
import { metricOf } from './measured-part.ts';
import type { World } from './world.ts';

export type Other = Extract<Checked, { kind: 'other' }>;

/** A way in which composed SQL is known to be wrong today. Who corrects it deletes its entry. */
export type KnownKind = { readonly name: string; readonly why: string; readonly is: (other: Other) => boolean };

const measuresOf = ({ reading }: Other) => [
  ...reading.metrics,
  ...reading.filters.flatMap((one) => (one.kind === 'having' ? [one.measure] : [])),
];
const metricsOf = (other: Other) => measuresOf(other).map((measure) => metricOf(other.world, measure));

/** Figures come from several SELECTs, of which one may have no rows for a group. */
const isJoined = (other: Other): boolean => /^WITH /.test(other.sql);

/** Each row is there but for cells that are empty where there is a figure, or is left out by a condition on such a cell. */
function lacksZeros({ right, given, reading }: Other): boolean {
  if (right.kind !== 'rows' || given === undefined || !given.some((row) => row.includes(null))) {
    return right.kind === 'rows' && reading.filters.some(({ kind }) => kind === 'having');
  }
  const left = [...right.rows];
  return given.every((row) => {
    const at = left.findIndex((one) =>
      one.every(
        (cell, i) =>
          row[i] === null ||
          differenceOf({ kind: 'rows', rows: [[cell]], sorted: undefined }, [[row[i] ?? null]]) === undefined,
      ),
    );
    if (at !== -1) left.splice(at, 1);
    return at !== -1;
  });
}

/** The rows that there must be, or must not be, are looked for by way of others below. */
const existsAbove = ({ reading, sql }: Other): boolean =>
  reading.filters.some((one) => one.kind === 'exists' && new RegExp(`LEFT JOIN "?${one.dataset}\\b`).test(sql));

const fieldsIn = (list: readonly (Dimension | Filter)[]): readonly string[] => {
  const found: string[] = [];
  JSON.stringify(list, (key, value: unknown) => {
    if (key === 'field' || key === 'fields') found.push(...[value].flat().map(String));
    return value;
  });
  return found;
};

/** A field that gives something for a row that is not there. */
const isMadeUp = (world: World, id: string): boolean => {
  const [table, name] = id.split('.');
  return world.tables.some(
    (one) => one.name === table && one.fields.some((field) => field.name === name && /^CASE/.test(field.sql)),
  );
};

const refusedFor =
  (why: string) =>
  (other: Other): boolean =>
    other.what === 'refused' && other.difference === why;

/** Most telling first: the first that fits names a case. */
export const knownKinds: readonly KnownKind[] = [
  {
    name: 'share of what does not add up',
    why: 'Averages, ratios and different values are summed to make a whole.',
    is: refusedFor('it does not add up to a whole'),
  },
  {
    name: 'period on the date of what is counted, though the rows between have dates',
    why: '"products by city of the customer in May" takes the day on which products were created.',
    is: refusedFor('the rows between have a date as well'),
  },
  {
    name: 'the shorter of two ways',
    why: 'A way that is shorter by a table is taken for the one that is meant.',
    is: refusedFor('two ways lead there'),
  },
  {
    name: 'share of groups that overlap',
    why: 'A row counted in several groups is counted several times in the whole, or groups that HAVING leaves out are left out of the whole.',
    is: ({ what, reading }) => what === 'rows' && reading.share === 'total',
  },
  {
    name: 'whole numbers divided as whole numbers',
    why: '3 orders of 2 customers are 1 each.',
    is: (other) => other.what === 'rows' && metricsOf(other).some(({ whole }) => whole === 'ratio'),
  },
  {
    name: 'years and days in one column',
    why: 'A measure with a column of years beside one with dates.',
    is: (other) => refusedFor('years and days do not go together')(other) || /UNION types/.test(other.difference),
  },
  {
    name: 'nothing instead of 0',
    why: 'A group that one of several SELECTs has no rows for shows an empty cell for its count, and HAVING drops it.',
    is: (other) => other.what === 'rows' && isJoined(other) && lacksZeros(other),
  },
  {
    name: 'there is one, though only a row that could point to it',
    why: '"products with customers": a sale without a customer makes one, as the customer is joined by LEFT JOIN inside of EXISTS.',
    is: (other) => other.what === 'rows' && existsAbove(other),
  },
  {
    name: 'not containing, said of rows below',
    why: '"products whose reviews do not contain bad": one other review is enough, while "not in Berlin" asks for none.',
    is: ({ what, reading, sql }) =>
      what === 'rows' &&
      reading.filters.some((one) => one.kind === 'like' && one.negated) &&
      /EXISTS[\s\S]*NOT I?LIKE/.test(sql),
  },
  {
    name: 'days to come are left out of a series',
    why: 'The series ends today, the rows and the total do not.',
    is: ({ what, reading, right, given }) =>
      what === 'rows' &&
      reading.time?.span !== undefined &&
      right.kind === 'rows' &&
      (given?.length ?? 0) < right.rows.length &&
      reading.dimensions.some(({ kind }) => kind === 'grain'),
  },
  {
    name: 'a series of nothing has a row',
    why: 'SQLite counts up from NULL.',
    is: ({ dialect, right, given, what }) =>
      dialect === 'sqlite' &&
      what === 'rows' &&
      right.kind === 'rows' &&
      right.rows.length === 0 &&
      given?.length === 1,
  },
  {
    name: 'no date comes first',
    why: 'SQLite sorts NULL first, others last.',
    is: ({ dialect, difference, given }) =>
      dialect === 'sqlite' && /out of order/.test(difference) && given?.some((row) => row.includes(null)) === true,
  },
  {
    name: 'few of a kind, without those that have none',
    why: '"customers with fewer than 2 orders", "the product with the fewest sales": rows without any are in no group.',
    is: ({ what, reading: { dimensions, order, filters } }) =>
      what === 'rows' &&
      dimensions.length === 1 &&
      dimensions[0]?.kind === 'entity' &&
      (order?.descending === false || filters.some(({ kind }) => kind === 'having')),
  },
  {
    name: 'in the order of another column',
    why: 'An order by a thing goes by the first column that is shown, which may be a period.',
    is: ({ difference, reading: { order } }) => /out of order/.test(difference) && order?.by.kind === 'entity',
  },
  {
    name: 'other letters in two cases',
    why: "SQLite's LIKE knows the cases of ASCII only.",
    is: ({ dialect, what, reading }) =>
      dialect === 'sqlite' && what === 'rows' && reading.filters.some((one) => JSON.stringify(one).includes('ü')),
  },
  {
    name: 'a computed field of no row has a value',
    why: "CASE … ELSE 'small' of a row that is not there is 'small'.",
    is: (other) =>
      fieldsIn([...other.reading.dimensions, ...other.reading.filters]).some((id) => isMadeUp(other.world, id)),
  },
];

export const kindOf = (other: Other, known: readonly KnownKind[] = knownKinds): KnownKind | undefined =>
  known.find(({ is }) => is(other));
