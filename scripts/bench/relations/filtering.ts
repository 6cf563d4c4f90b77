import { add, startOf } from '../../../src/core/language/calendar.ts';
import { sometimes, valueAbove } from './adding.ts';
import { figureOf, isNear } from './figures.ts';
import { isAbove, type NamedThing, plural } from './names.ts';
import { nameOf } from './periods.ts';
import { compared, type Relation, type Trial } from './relation.ts';

/** A thing, and one of which it has several. */
function twoThings({ names, chance, asker }: Trial): readonly [one: NamedThing, below: NamedThing] | undefined {
  const { model } = asker.asked;
  const pairs = names.things.flatMap((one) =>
    names.things
      .filter((below) => below !== one && isAbove(model, below.dataset.name, one.dataset.name))
      .map((below) => [one, below] as const),
  );
  return pairs.length === 0 ? undefined : chance.one(pairs);
}

const many = ({ en }: NamedThing): string => plural(en);

const filterNarrows: Relation = {
  name: 'a filter never increases a count',
  try(trial) {
    const counts = trial.names.measures.filter(({ isCount }) => isCount);
    if (counts.length === 0) return undefined;
    const measure = trial.chance.one(counts);
    const value = valueAbove(trial, measure);
    if (value === undefined) return undefined;
    const rest = sometimes(trial, measure);
    const question = trial.chance.one([
      `${measure.en} for ${value.text}${rest}`,
      `${value.text} ${measure.en}${rest}`,
      `${measure.en} not in ${value.text}${rest}`,
    ]);
    return compared(trial.asker, [question, `${measure.en}${rest}`], (some, all) => {
      const [x, y] = [figureOf(some), figureOf(all)];
      return x === undefined || y === undefined || x <= y ? undefined : `${x} of ${y}`;
    });
  },
};

const notIsTheRest: Relation = {
  name: '"A" and "not A" add up to all',
  try(trial) {
    const measures = trial.names.measures.filter(({ addsUp }) => addsUp);
    if (measures.length === 0) return undefined;
    const measure = trial.chance.one(measures);
    const value = valueAbove(trial, measure);
    if (value === undefined) return undefined;
    const group = trial.names.groups.find(({ field }) => field === value.field);
    const rest = sometimes(trial, measure);
    const not = trial.chance.one([
      `not in ${value.text}`,
      `without ${value.text}`,
      `except ${value.text}`,
      `where ${group?.en} is not ${value.text}`,
    ]);
    return compared(
      trial.asker,
      [`${measure.en} for ${value.text}${rest}`, `${measure.en} ${not}${rest}`, `${measure.en}${rest}`],
      (one, others, all) => {
        const [x, y, z] = [figureOf(one), figureOf(others), figureOf(all)];
        if (x === undefined || y === undefined || z === undefined || /distinct/i.test(one.sql ?? '')) return undefined;
        return isNear(x + y, z) ? undefined : `${x} and ${y} of ${z}`;
      },
    );
  },
};

const withoutIsTheRest: Relation = {
  name: '"with" and "without" add up to all',
  try(trial) {
    const found = twoThings(trial);
    if (found === undefined) return undefined;
    const [one, below] = found;
    const [a, b] = [many(one), many(below)];
    const period =
      one.dataset.time !== undefined && trial.chance.percent(40)
        ? ` ${nameOf(startOf(add(trial.asker.asked.today, -trial.chance.below(3), 'year'), 'year'), 'year')?.en}`
        : '';
    const words = trial.chance.one([
      ['with', 'without'],
      ['that have', 'that have no'],
      ['with', 'with no'],
      ['that have', 'that never had'],
    ] as const);
    const asks = [
      `how many ${a} ${words[0]} ${b}${period}`,
      `how many ${a} ${words[1]} ${b}${period}`,
      `how many ${a}${period}`,
      `how many ${a}`,
    ];
    // The period may be of either, but in both questions of the same.
    return compared(trial.asker, asks, (some, none, dated, all) => {
      const [x, y, z, every] = [some, none, dated, all].map(figureOf);
      if (x === undefined || y === undefined || z === undefined || every === undefined) return undefined;
      return isNear(x + y, z) || isNear(x + y, every) ? undefined : `${x} and ${y} of ${z}, or of all ${every}`;
    });
  },
};

/** "customers with orders in 2025" are as many as "orders by customer in 2025" has rows. */
const periodIsOfWhatHappens: Relation = {
  name: 'a period is on the date of what happens',
  try(trial) {
    const found = twoThings(trial);
    if (found === undefined || found[1].dataset.time === undefined) return undefined;
    const [one, below] = found;
    const first = startOf(add(trial.asker.asked.today, -trial.chance.below(3), 'year'), 'year');
    const period = nameOf(first, 'year')?.en ?? '';
    return compared(
      trial.asker,
      [`how many ${many(one)} have ${many(below)} ${period}`, `number of ${many(below)} by ${one.en} ${period}`],
      (count, groups) => {
        const figure = figureOf(count);
        const rows = groups.rows?.filter((row) => row[0] !== null).length;
        if (figure === undefined || rows === undefined || groups.rows?.[0]?.length !== 2) return undefined;
        return figure === rows ? undefined : `${figure} have some, ${rows} are listed with some`;
      },
    );
  },
};

const verbs = ['sold', 'bought', 'ordered', 'shipped', 'delivered', 'returned', 'cancelled', 'paid', 'refunded'];

/** "products sold in May" are not those of May: the date is that of the sale, or it is not answered. */
const verbsHaveDates: Relation = {
  name: 'a named period is on the date of its verb',
  try(trial) {
    const things = trial.names.things.filter(({ dataset }) => dataset.time !== undefined);
    if (things.length === 0) return undefined;
    const thing = trial.chance.one(things);
    const verb = trial.chance.one(verbs);
    const stem = verb.slice(0, 4);
    const own = [thing.en, ...thing.others, thing.dataset.time?.name ?? '', ...(thing.dataset.time?.phrases ?? [])]
      .join(' ')
      .toLowerCase();
    if (own.includes(stem)) return undefined;
    const period =
      nameOf(startOf(add(trial.asker.asked.today, -trial.chance.below(3), 'year'), 'year'), 'year')?.en ?? '';
    const asked = trial.chance.one([
      `how many ${many(thing)} were ${verb} ${period}`,
      `number of ${many(thing)} ${verb} ${period}`,
    ]);
    return compared(trial.asker, [asked, `number of ${many(thing)} ${period}`], (one, all) =>
      one.sql === all.sql ? `"${verb}" is dated by ${thing.dataset.time?.id}` : undefined,
    );
  },
};

const numberFields = ({ names }: Trial) =>
  names.things.flatMap((thing) =>
    thing.dataset.fields
      .filter(
        (field) =>
          (field.type === 'integer' || field.type === 'number') &&
          !field.isKey &&
          !field.hidden &&
          !field.isTime &&
          !thing.dataset.key.includes(field.name),
      )
      .map((field) => ({ thing, field })),
  );

/** Counted by a statement of our own over the one table. */
const comparisonsAreRead: Relation = {
  name: 'a comparison counts the rows that it names',
  try(trial) {
    const all = numberFields(trial);
    if (all.length === 0) return undefined;
    const { thing, field } = trial.chance.one(all);
    const phrase = field.phrases[0] ?? field.name;
    const { source, rowFilter } = thing.dataset;
    if (/^\s*\(?\s*select/i.test(source)) return undefined;
    return (async () => {
      const found = await trial.asker.asked.rows(
        `SELECT min(${field.expression}), avg(${field.expression}), max(${field.expression}) FROM ${source}`,
      );
      const cells = typeof found === 'string' ? [] : (found[0] ?? []);
      const value = Math.round(Number(trial.chance.one(cells.length > 0 ? cells : [0]) ?? 0));
      const [words, op] = trial.chance.one([
        ['more than', '>'],
        ['at least', '>='],
        ['under', '<'],
        ['at most', '<='],
        ['over', '>'],
        ['below', '<'],
      ] as const);
      const where = rowFilter === undefined ? '' : ` AND (${rowFilter})`;
      const gold = await trial.asker.asked.rows(
        `SELECT count(*) FROM ${source} WHERE ${field.expression} ${op} ${value}${where}`,
      );
      const right = typeof gold === 'string' ? undefined : Number(gold[0]?.[0]);
      return compared(trial.asker, [`how many ${many(thing)} have a ${phrase} ${words} ${value}`], (answer) => {
        const figure = figureOf(answer);
        return figure === undefined || right === undefined || Number.isNaN(right) || isNear(figure, right)
          ? undefined
          : `${figure}, counted in the table ${right}`;
      });
    })();
  },
};

export const filteringRelations: readonly Relation[] = [
  filterNarrows,
  notIsTheRest,
  withoutIsTheRest,
  periodIsOfWhatHappens,
  verbsHaveDates,
  comparisonsAreRead,
];
