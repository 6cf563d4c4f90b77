import type { DialectName } from '../../../src/core/data/database.ts';
import type { Dimension, Filter } from '../../../src/core/measures/reading/reading.ts';
import type { Checked } from './check-reading.ts';
import { tablesOf } from './groups.ts';
import { hasWay } from './look-up.ts';
import { metricOf } from './measured-part.ts';
import type { World } from './world.ts';

export type Other = Extract<Checked, { kind: 'other' }>;

/** A way in which composed SQL is known to be wrong today. Who corrects it deletes its entry. */
export type KnownKind = {
  readonly name: string;
  readonly why: string;
  readonly is: (other: Other) => boolean;
  /** A case of it, as `bench:readings` names it. */
  readonly seen: { readonly world: number; readonly reading: number; readonly dialect: DialectName };
};

const measuresOf = ({ reading }: Other) => [
  ...reading.metrics,
  ...reading.filters.flatMap((one) => (one.kind === 'having' ? [one.measure] : [])),
];
const metricsOf = (other: Other) => measuresOf(other).map((measure) => metricOf(other.world, measure));

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

const basesOf = (other: Other): readonly string[] => [
  ...(other.reading.root === undefined ? [] : [other.reading.root]),
  ...metricsOf(other).flatMap(({ parts }) => parts.map(({ table }) => table)),
];

/** A period, and rows that are counted by way of rows below. */
function isDatedBelow(other: Other): boolean {
  const { world, reading } = other;
  const groups = tablesOf(world, reading.dimensions);
  const isDated = reading.time !== undefined || reading.dimensions.some(({ kind }) => kind === 'grain');
  return isDated && basesOf(other).some((base) => groups.some((group) => !hasWay(world, base, group)));
}

const refusedFor =
  (why: string) =>
  (other: Other): boolean =>
    other.what === 'refused' && other.difference === why;

/** Most telling first: the first that fits names a case. */
export const knownKinds: readonly KnownKind[] = [
  {
    name: 'period on the date of what is counted, though the rows between have dates',
    seen: { world: 9000099, reading: 33, dialect: 'sqlite' },
    why: '"products by city of the customer in May" takes the day on which products were created.',
    is: (other) => other.what !== 'error' && isDatedBelow(other),
  },
  {
    name: 'the shorter of two ways',
    seen: { world: 9000210, reading: 45, dialect: 'sqlite' },
    why: 'A way that is shorter by a table is taken for the one that is meant.',
    is: refusedFor('two ways lead there'),
  },
  {
    name: 'share of groups that overlap',
    seen: { world: 9000033, reading: 3, dialect: 'sqlite' },
    why: 'A row counted in several groups is counted several times in the whole, or groups that HAVING leaves out are left out of the whole.',
    is: ({ what, reading }) => what === 'rows' && reading.share === 'total',
  },
  {
    name: 'whole numbers divided as whole numbers',
    seen: { world: 9000096, reading: 50, dialect: 'sqlite' },
    why: '3 orders of 2 customers are 1 each.',
    is: (other) => other.what === 'rows' && metricsOf(other).some(({ whole }) => whole === 'ratio'),
  },
  {
    name: 'years and days in one column',
    seen: { world: 9000076, reading: 21, dialect: 'sqlite' },
    why: 'A measure with a column of years beside one with dates.',
    is: (other) =>
      refusedFor('years and days do not go together')(other) ||
      /UNION types|INTEGER -> DATE|DATE -> INTEGER/.test(other.difference),
  },
  {
    name: 'a condition on rows below, asked of another row than the thing that is listed',
    seen: { world: 13000353, reading: 47, dialect: 'sqlite' },
    why: '"customers without payments, with the cost of their rentals": rentals without payments.',
    is: ({ what, right, sql }) =>
      what === 'rows' && right.kind === 'rows' && right.mayRepeat === true && /EXISTS/.test(sql),
  },
  {
    name: 'there is one, though only a row that could point to it',
    seen: { world: 9000115, reading: 5, dialect: 'sqlite' },
    why: '"products with customers": a sale without a customer makes one, as the customer is joined by LEFT JOIN inside of EXISTS.',
    is: (other) => other.what === 'rows' && existsAbove(other),
  },
  {
    name: 'days to come are left out of a series',
    seen: { world: 9000112, reading: 30, dialect: 'sqlite' },
    why: 'The series ends today, the rows and the total do not.',
    is: ({ what, reading, right, given }) =>
      what === 'rows' &&
      reading.time?.span !== undefined &&
      right.kind === 'rows' &&
      (given?.length ?? 0) < right.rows.length &&
      reading.dimensions.some(({ kind }) => kind === 'grain'),
  },
  {
    name: 'rows without a thing are left out',
    seen: { world: 9000059, reading: 16, dialect: 'sqlite' },
    why: '"routes by name of the airline": those without an airline are in no group, and nothing says so.',
    is: ({ what, reading: { dimensions } }) =>
      what === 'rows' && dimensions.some((one) => one.kind === 'entity' && one.fields !== undefined),
  },
  {
    name: 'few of a kind, without those that have none',
    seen: { world: 9000195, reading: 57, dialect: 'sqlite' },
    why: '"customers with fewer than 2 orders", "the product with the fewest sales": rows without any are in no group.',
    is: ({ what, reading: { dimensions, order, filters } }) =>
      what === 'rows' &&
      dimensions.length === 1 &&
      dimensions[0]?.kind === 'entity' &&
      (order?.descending === false || filters.some(({ kind }) => kind === 'having')),
  },
  {
    name: 'other letters in two cases',
    seen: { world: 10000575, reading: 40, dialect: 'sqlite' },
    why: "SQLite's LIKE knows the cases of ASCII only.",
    is: ({ dialect, what, reading }) =>
      dialect === 'sqlite' && what === 'rows' && reading.filters.some((one) => JSON.stringify(one).includes('ü')),
  },
  {
    name: 'a computed field of no row has a value',
    seen: { world: 9000215, reading: 12, dialect: 'sqlite' },
    why: "CASE … ELSE 'small' of a row that is not there is 'small'.",
    is: (other) =>
      fieldsIn([...other.reading.dimensions, ...other.reading.filters]).some((id) => isMadeUp(other.world, id)),
  },
  {
    name: 'a period on rows without a date of their own',
    seen: { world: 1000033, reading: 11, dialect: 'postgres' },
    why: 'The date of the event that leads to them is taken; the reader knows no events and gives no answer.',
    is: ({ difference }) => difference === 'it has no date of its own',
  },
  {
    name: 'the date of an event beside that of a thing',
    seen: { world: 1000035, reading: 8, dialect: 'postgres' },
    why: 'A period goes by events; the reader does not tell them from things, so two dates fit there.',
    is: ({ what, difference }) => what === 'refused' && difference === 'two dates fit',
  },
];

export const kindOf = (other: Other, known: readonly KnownKind[] = knownKinds): KnownKind | undefined =>
  known.find(({ is }) => is(other));
