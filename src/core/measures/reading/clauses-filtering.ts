import { allTime, type Unit as CalendarUnit } from '../../language/calendar.ts';
import type { Span } from '../../language/dates.ts';
import type { Field } from '../model/model.ts';
import type { Clause, FieldTerm, Part, Term } from './clauses.ts';
import { either, itemOf, map, maybe, type Rule, seq, takeAtOnce, word } from './parser.ts';
import type { Comparator } from './reading.ts';
import { adjectives, entity, field, ownField, subject, valueFilter } from './terms.ts';
import type { Unit } from './units.ts';

const values: Rule<Part> = map(seq(maybe(word('WITH')), valueFilter), ([, clause]) => [clause]);

/** "the area of the 5 countries" is no area of 5. */
const numberAtOnce = takeAtOnce((item) => (item.kind === 'number' ? item.value : undefined));

const exactly: Rule<Part> = either<Part>(
  map(
    seq(maybe(word('WITH')), ownField, maybe(word('NOT')), maybe(word('EQ')), numberAtOnce),
    ([, term, not, , value]) => [{ kind: 'equals', field: term, value, negated: not !== undefined }],
  ),
  map(
    seq(maybe(word('WITH')), ownField, maybe(word('NOT')), maybe(word('EQ')), itemOf('quoted')),
    ([, term, not, , { text, isValue }]) =>
      isValue ? undefined : [{ kind: 'equals', field: term, value: text, negated: not !== undefined }],
  ),
  map(
    seq(maybe(word('WITH')), ownField, maybe(word('EQ')), numberAtOnce, word('OR'), itemOf('number')),
    ([, term, , a, , b]) => [
      { kind: 'equals', field: term, value: a, negated: false },
      { kind: 'equals', field: term, value: b.value, negated: false },
    ],
  ),
);

const comparators: Readonly<Record<string, Comparator>> = {
  GT: '>',
  GE: '>=',
  LT: '<',
  LE: '<=',
  EQ: '=',
  ORMORE: '>=',
  ORLESS: '<=',
};
const comparator = map(
  seq(maybe(word('NOT')), word('GT', 'GE', 'LT', 'LE', 'EQ')),
  ([not, found]): Comparator | undefined => {
    const op = comparators[found];
    return not === undefined || op === undefined ? op : opposite[op];
  },
);
const opposite: Readonly<Record<Comparator, Comparator>> = {
  '>': '<=',
  '>=': '<',
  '<': '>=',
  '<=': '>',
  '=': '<>',
  '<>': '=',
};
type Amount = { readonly value: number; readonly unit?: Unit };
const amount = map(
  seq(itemOf('number'), maybe(word('THINGS', 'PERCENT', 'SIZE', 'EUR', 'USD', 'GBP', 'CNY'))),
  ([{ value }, unit]): Amount => (unit === undefined ? { value } : { value, unit: unit as Unit }),
);
/** 超过5件商品: the measure word counts the noun behind it. */
const countsNothing: Rule<undefined> = (from, lattice) => {
  const isMeasureWord = (at: number): boolean => /^[件个笔张名位次]$/u.test(lattice.tokens[at]?.text ?? '');
  const noun = isMeasureWord(from) ? from + 1 : from;
  const isNoun = (lattice.arcs[noun] ?? []).some(({ item }) => ['entity', 'metric', 'fields'].includes(item.kind));
  return (isMeasureWord(from) || isMeasureWord(from - 1)) && isNoun ? [] : [{ value: undefined, to: from, cost: 0 }];
};
/** 超过300的商品 are products of more than 300, and not more than 300 products. */
const counted: Rule<undefined> = (from, lattice) =>
  lattice.tokens[from]?.text === '的' ? [] : [{ value: undefined, to: from, cost: 0 }];
const rest = map(word('ORMORE', 'ORLESS'), (found) => comparators[found]);

const compared = (about: Term, op: Comparator | undefined, amount: Amount): Part | undefined =>
  op && [{ kind: 'compare', subject: about, op, ...amount }];

const isSameField = (a: FieldTerm, b: FieldTerm | undefined): boolean =>
  b === undefined || a.fields.some((one) => b.fields.includes(one));

const compare: Rule<Part> = either<Part>(
  // "singers below 30" are no number of singers
  map(seq(maybe(word('WITH')), subject, comparator, amount, countsNothing), ([, about, op, value]) =>
    about.kind === 'entity' ? undefined : compared(about, op, value),
  ),
  map(seq(maybe(word('WITH')), comparator, amount, counted, subject), ([, op, value, , about]) =>
    compared(about, op, value),
  ),
  map(seq(maybe(word('WITH')), comparator, field, amount), ([, op, about, value]) => compared(about, op, value)),
  map(seq(maybe(word('WITH')), subject, amount, rest), ([, about, value, op]) => compared(about, op, value)),
  map(seq(maybe(word('WITH')), amount, rest, subject), ([, value, op, about]) => compared(about, op, value)),
  map(seq(word('WITH'), amount, subject), ([, value, about]) =>
    about.kind === 'entity' || about.kind === 'count' ? compared(about, '=', value) : undefined,
  ),
  map(
    seq(maybe(word('WITH')), subject, word('BETWEEN'), amount, maybe(word('AND')), amount),
    ([, about, , low, , high]) => [
      { kind: 'compare', subject: about, op: '>=', ...low },
      { kind: 'compare', subject: about, op: '<=', ...high },
    ],
  ),
  map(seq(maybe(word('WITH')), field, itemOf('comparative'), amount), ([, term, { keys }, value]) => {
    const meant = keys.filter((key) => term.fields.includes(key.field));
    return meant.length > 0
      ? [{ kind: 'compare', subject: { kind: 'directed', keys: meant }, op: '>', ...value }]
      : undefined;
  }),
  // "a greater weight than 10"
  map(
    seq(maybe(word('WITH')), word('MORE', 'FEWER'), maybe(word('COUNT')), field, word('THAN'), amount),
    ([, end, , about, , value]) => compared(about, end === 'MORE' ? '>' : '<', value),
  ),
  // "that sold more than 200 units"
  map(seq(word('DID'), comparator, amount, subject), ([, op, value, about]) =>
    about.kind === 'field' ? undefined : compared(about, op, value),
  ),
  map(seq(maybe(word('WITH')), word('MORE', 'FEWER'), field, word('THAN'), word('AVG')), ([, end, about]) => [
    { kind: 'compareToAverage', subject: about, op: end === 'MORE' ? '>' : '<' },
  ]),
  map(seq(maybe(word('WITH')), field, comparator, word('AVG'), maybe(field)), ([, about, op, , of]) =>
    op && op !== '=' && isSameField(about, of) ? [{ kind: 'compareToAverage', subject: about, op }] : undefined,
  ),
  map(seq(maybe(word('WITH')), comparator, word('AVG'), field), ([, op, , about]) =>
    op && op !== '=' ? [{ kind: 'compareToAverage', subject: about, op }] : undefined,
  ),
  map(seq(itemOf('comparative'), word('AVG'), maybe(field)), ([{ keys }, , of]) =>
    of === undefined || keys.some((key) => of.fields.includes(key.field))
      ? [{ kind: 'compareToAverage', subject: { kind: 'directed', keys }, op: '>' }]
      : undefined,
  ),
  map(seq(itemOf('comparative'), amount), ([{ keys }, value]) => [
    { kind: 'compare', subject: { kind: 'directed', keys }, op: '>', ...value },
  ]),
);

const like: Rule<Part> = map(
  seq(maybe(word('WITH')), field, maybe(word('NOT')), word('CONTAINS', 'STARTS', 'ENDS'), itemOf('quoted')),
  ([, term, not, how, { text }]) => [
    {
      kind: 'like',
      field: term,
      text,
      at: how === 'STARTS' ? 'start' : how === 'ENDS' ? 'end' : 'anywhere',
      negated: not !== undefined,
    },
  ],
);

/** A value that is a part of a longer text, too. */
const contained: Rule<Part> = map(
  seq(maybe(word('WITH')), field, maybe(word('NOT')), word('CONTAINS'), itemOf('values')),
  ([
    ,
    term,
    not,
    ,
    {
      values: [one],
    },
  ]) => one && [{ kind: 'like', field: term, text: one.value, at: 'anywhere', negated: not !== undefined }],
);

const twoEnds = /. (?:to|until|till|through|-|–) |.[到至]/u;
type Spanned = Span & { readonly isRange?: boolean; readonly window?: CalendarUnit };
const laterPeriod = either<Spanned>(
  map(itemOf('period'), ({ span, text, window }) => ({
    ...span,
    isRange: twoEnds.test(text),
    ...(window ? { window } : {}),
  })),
  map(seq(itemOf('period'), word('ORMORE')), ([{ span }]) => ({ ...span, end: allTime.end })),
  map(seq(itemOf('period'), word('ORLESS')), ([{ span }]) => ({ ...span, start: allTime.start })),
  // Two spans that meet are one; others have no place.
  map(seq(itemOf('period'), word('OR'), itemOf('period')), ([{ span: a }, , { span: b }]) =>
    a.end === b.start ? { start: a.start, end: b.end } : undefined,
  ),
);
const period: Rule<Part> = map(
  seq(maybe(field), maybe(word('ALL')), laterPeriod),
  ([term, , { isRange, window, ...span }]) => [
    { kind: 'period', field: term, span, ...(isRange ? { isRange } : {}), ...(window ? { window } : {}) },
  ],
);

/** What is said of the rows behind their noun. */
const saidBehind = (part: Rule<Part>): Rule<Clause | undefined> =>
  maybe(
    either(
      valueFilter,
      map(part, ([clause]) => clause),
    ),
  );

/** What stands before a verb that is denied. */
const have = maybe(word('WITH'));
const denied = map(maybe(word('NOT', 'NEVER')), (found) => found !== undefined);

/**
 * "who have taught Optics", "who never taught any course": rows of the table that the verb speaks of, which have what
 * stands behind it.
 */
const done: Rule<Part> = (from, lattice) =>
  either(
    map(seq(denied, have, itemOf('verb'), valueFilter, saidBehind(period)), ([negated, , { meaning }, what, when]) => ({
      negated,
      meaning,
      said: [what, ...(when === undefined ? [] : [when])],
    })),
    map(
      seq(denied, have, itemOf('verb'), maybe(word('ANY')), adjectives, entity, saidBehind(either(period, compare))),
      ([negated, , { meaning }, , before, { dataset }, after]) => ({
        negated,
        meaning,
        said: [...before, ...(after === undefined ? [] : [after])],
        dataset,
      }),
    ),
    map(
      seq(word('NEVER'), have, itemOf('verb'), maybe(word('ANY')), entity, saidBehind(period)),
      ([, , { meaning }, , { dataset }, after]) =>
        meaning.fields.some((one) => one.dataset === dataset.name)
          ? { negated: true, meaning: { ...meaning, datasets: [dataset] }, said: after === undefined ? [] : [after] }
          : undefined,
    ),
    map(seq(word('NEVER'), have, itemOf('verb'), maybe(period)), ([, , { meaning }, when]) => ({
      negated: true,
      meaning,
      said: when ?? [],
    })),
  )(from, lattice).flatMap(({ value: { negated, meaning, said }, to, cost }) =>
    meaning.datasets.map((dataset) => ({
      value: [{ kind: 'exists' as const, dataset, negated, where: said }],
      to,
      cost,
    })),
  );

/** "without refunds", "that have no cat pet", "that have any ticket about delivery". */
const exists: Rule<Part> = either<Part>(
  map(
    seq(
      word('WITH', 'WITHOUT', 'LINK', 'CONTAINS'),
      maybe(word('ANY')),
      adjectives,
      entity,
      saidBehind(either(period, compare)),
    ),
    ([how, any, before, { dataset }, after]) => {
      const where = after === undefined ? before : [...before, after];
      const isSaid = how !== 'WITH' || any !== undefined || where.length > 0;
      return isSaid ? [{ kind: 'exists', dataset, negated: how === 'WITHOUT', where }] : undefined;
    },
  ),
  // "not used by any document"
  map(
    seq(word('NOT'), maybe(word('LINK')), maybe(word('ANY')), adjectives, entity, saidBehind(period)),
    ([, , , before, { dataset }, after]) => [
      { kind: 'exists', dataset, negated: true, where: after === undefined ? before : [...before, after] },
    ],
  ),
  map(seq(word('WITHOUT'), maybe(word('ANY')), valueFilter), ([, , clause]) =>
    clause.kind === 'values' && !clause.negated ? [{ ...clause, negated: true }] : undefined,
  ),
);

const highest = map(word('HIGH', 'LOW'), (found) => found === 'HIGH');
const extreme: Rule<Part> = either<Part>(
  map(seq(itemOf('superlative'), entity), ([{ keys }, { dataset }]) => [
    { kind: 'extreme', of: dataset, by: { kind: 'directed', keys }, high: true },
  ]),
  map(seq(entity, word('WITH'), highest, field), ([{ dataset }, , high, by]) => [
    { kind: 'extreme', of: dataset, by, high },
  ]),
  map(
    seq(
      entity,
      word('WITH'),
      map(word('MAX', 'MIN'), (found) => found === 'MAX'),
      field,
    ),
    ([{ dataset }, , high, by]) => [{ kind: 'extreme', of: dataset, by, high }],
  ),
);

/** What stands behind an average is said of the average: "below the average salary of the teachers in Physics". */
const againstAverage: Rule<Part> = map(
  seq(compare, maybe(seq(maybe(word('ALL')), entity)), maybe(valueFilter)),
  ([part, whole, of]) => {
    const [clause, ...more] = part;
    if (clause?.kind !== 'compareToAverage' || more.length > 0 || (whole === undefined && of === undefined))
      return undefined;
    if (of?.kind === 'values' && of.negated) return undefined;
    return [{ ...clause, ...(of === undefined ? {} : { of }) }];
  },
);

const isEvent = ({ isTime, nullable }: Field): boolean => isTime && nullable;
const event: Rule<readonly Field[]> = either<readonly Field[]>(
  map(field, ({ fields }) => fields.filter(isEvent)),
  map(itemOf('verb'), ({ meaning }) => meaning.fields.filter(isEvent)),
);
/** "not yet shipped", "not shipped yet", 尚未发货: what has happened has a day. */
const notYet: Rule<Part> = map(
  either(
    map(seq(word('YET'), event), ([, fields]) => fields),
    map(seq(word('NOT'), event, word('YET')), ([, fields]) => fields),
  ),
  (fields) => (fields.length > 0 ? [{ kind: 'unknown', fields }] : undefined),
);

/** Everything that says which rows are meant. */
export const filter: Rule<Part> = either<Part>(
  values,
  exactly,
  compare,
  againstAverage,
  like,
  contained,
  notYet,
  extreme,
  exists,
  done,
  period,
);
