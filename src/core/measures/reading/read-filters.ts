import type { Directed } from '../lexicon/items.ts';
import { isNumeric } from '../model/model.ts';
import { reaches } from '../model/paths.ts';
import { isSaidOfRows } from './applies-to-rows.ts';
import type { Clause, Term } from './clauses.ts';
import { unreadable } from './explore.ts';
import type { Comparator, Filter, RowFilter } from './reading.ts';
import { type Assembly, chosenField, clausesOf, type Of } from './reading-draft.ts';
import { directedChoices, fieldChoices, type Home, valueChoices } from './resolve-terms.ts';
import { isCountable, measureOf } from './term-keys.ts';
import { requireCurrency, requireUnit } from './units.ts';

/** Filters; alternatives of one field that stand apart ("in 2014 or 2015") are one filter. */
export function readFilters(assembly: Assembly): Filter[] {
  const found: Filter[] = [];
  for (const clause of assembly.clauses) {
    const filter = filterOf(assembly, clause);
    for (const one of filter === undefined ? [] : spreadOut(assembly, clause, filter)) add(assembly, found, one);
  }
  return found;
}

/** One filter may take several rows, or none of its own. */
function spreadOut(assembly: Assembly, clause: Clause, filter: Filter): readonly Filter[] {
  // "countries with singers above 40" where the country is the singer's own
  if (filter.kind === 'exists' && isOwn(assembly, filter)) return filter.where;
  if (clause.kind !== 'values' || filter.kind !== 'values' || clause.joint === 'or') return [filter];
  if (isBelow(assembly, filter)) return eachOf(assembly, filter);
  // One row has one value.
  return clause.joint === 'both' ? unreadable() : [filter];
}

function add(assembly: Assembly, found: Filter[], filter: Filter): void {
  const twin = found.find((one) => one.kind === 'values' && filter.kind === 'values' && one.field === filter.field);
  const isSaidOfOthers =
    twin?.kind !== 'values' ||
    filter.kind !== 'values' ||
    // "who have a dog but no cat"
    (twin.negated !== filter.negated && isOfRowsBelow(assembly, filter));
  if (isSaidOfOthers) {
    found.push(filter);
    return;
  }
  // x = a AND x = b holds for no row: somewhere the words were taken wrongly.
  if (twin.negated !== filter.negated) unreadable();
  if (!twin.negated && clausesOf(assembly, 'equals').length < 2) unreadable();
  twin.values.push(...filter.values);
}

const isOwn = ({ home }: Assembly, { dataset, negated, span }: Extract<Filter, { kind: 'exists' }>): boolean =>
  !negated && span === undefined && home.rows.length === 1 && home.rows[0] === dataset;

type ValuesFilter = Extract<Filter, { kind: 'values' }>;

/** Several rows of the field's dataset belong to one row that is asked for. */
function isOfRowsBelow({ model, home }: Assembly, { field }: ValuesFilter): boolean {
  const dataset = model.fields.get(field)?.dataset ?? '';
  return home.rows.length > 0 && !home.rows.some((row) => reaches(model, row, dataset));
}

const isBelow = (assembly: Assembly, filter: ValuesFilter): boolean =>
  !filter.negated && filter.values.length > 1 && isOfRowsBelow(assembly, filter);

/** "speak English and Dutch" takes two rows. */
const eachOf = ({ model }: Assembly, { field, values, negated }: ValuesFilter): readonly Filter[] =>
  values.map((value) => ({
    kind: 'exists',
    dataset: model.fields.get(field)?.dataset ?? '',
    negated: false,
    where: [{ kind: 'values', field, values: [value], negated }],
  }));

function filterOf(assembly: Assembly, clause: Clause): Filter | undefined {
  switch (clause.kind) {
    case 'values':
      return valuesFilter(assembly, clause, assembly.home);
    case 'equals':
      return equals(assembly, clause);
    case 'compare':
      return comparison(assembly, clause);
    case 'like': {
      const field = chosenField(assembly, clause.field);
      if (field.type !== 'text') unreadable();
      return { kind: 'like', field: field.id, text: clause.text, at: clause.at, negated: false };
    }
    case 'exists':
      return existence(assembly, clause);
    case 'extreme':
      return extremeFilter(assembly, clause);
    case 'compareToAverage':
      return againstAverage(assembly, clause);
    default:
      return undefined;
  }
}

function valuesFilter({ choose }: Assembly, clause: Of<'values'>, home: Home): RowFilter {
  const { field, values } = choose(valueChoices(clause.values, clause.field, home));
  return { kind: 'values', field: field.id, values: [...new Set(values)], negated: clause.negated };
}

function equals(assembly: Assembly, { field: term, value, negated }: Of<'equals'>): Filter {
  const field = chosenField(assembly, term);
  if (typeof value === 'number' ? !isNumeric(field) && field.type !== 'text' : field.type !== 'text') unreadable();
  return {
    kind: 'values',
    field: field.id,
    values: [field.type === 'text' ? String(value) : value],
    negated,
  };
}

/** "younger than" turns the sign around, and can be said of "more than" only. */
const turned = (op: Comparator, high: boolean): Comparator => (high ? op : op === '>' ? '<' : unreadable());

/** "older than": the field that the adjective means, and whether more of it is more. */
const directedField = ({ choose }: Assembly, keys: readonly Directed[], home: Home): Directed =>
  choose(directedChoices(keys, home));

function comparison(assembly: Assembly, clause: Of<'compare'>): Filter {
  const { subject, op, value, unit } = clause;
  requireCurrency(unit, assembly.model);
  if (subject.kind === 'directed') {
    const { field, high } = directedField(assembly, subject.keys, assembly.home);
    return isNumeric(field) ? { kind: 'compare', field: field.id, op: turned(op, high), value } : unreadable();
  }
  if (subject.kind === 'field') return fieldComparison(assembly, subject, clause);
  if (subject.kind === 'grain' || isSaidOfRows(assembly, clause)) unreadable();
  const measure = measureOf(assembly, subject);
  requireUnit(unit, measure, assembly.model);
  return { kind: 'having', measure, op, value };
}

/** Texts have no size: how many different ones there are is compared. */
function fieldComparison(
  assembly: Assembly,
  subject: Extract<Term, { kind: 'field' }>,
  { op, value, unit }: Of<'compare'>,
): Filter {
  const field = chosenField(assembly, subject);
  if (field.type === 'text' && !isCountable(field)) unreadable();
  if (field.type === 'text') {
    const measure = { kind: 'distinct', field: field.id } as const;
    requireUnit(unit, measure, assembly.model);
    return { kind: 'having', measure, op, value };
  }
  if (!isNumeric(field) || (field.isKey && op !== '=')) unreadable();
  return { kind: 'compare', field: field.id, op, value };
}

function againstAverage(assembly: Assembly, { subject, op }: Of<'compareToAverage'>): Filter {
  const { field, high } =
    subject.kind === 'directed'
      ? directedField(assembly, subject.keys, assembly.home)
      : { field: chosenField(assembly, subject), high: true };
  if (!isNumeric(field) || field.isKey) unreadable();
  return { kind: 'compareToAverage', field: field.id, op: turned(op, high) };
}

/** Said of what is asked for itself, it is a ranking. */
function extremeFilter(assembly: Assembly, { of, by, high }: Of<'extreme'>): Filter {
  const home = { ...assembly.home, datasets: [of.name], rows: [of.name] };
  const found =
    by.kind === 'directed'
      ? directedField(assembly, by.keys, home)
      : { field: assembly.choose(fieldChoices(by, home)), high };
  const isRanked = assembly.home.rows.includes(of.name) || found.field.dataset !== of.name;
  if (isRanked || (!isNumeric(found.field) && !found.field.isTime) || found.field.isKey) unreadable();
  return { kind: 'extreme', field: found.field.id, high: found.high };
}

/** "without refunds over 100 last month": what is said of the rows must be of these rows. */
function existence(assembly: Assembly, { dataset, negated, where }: Of<'exists'>): Filter {
  const home = { ...assembly.home, datasets: [dataset.name], rows: [dataset.name] };
  const [period, ...more] = clausesOf({ clauses: where }, 'period');
  if (more.length > 0 || period?.field !== undefined) unreadable();
  const found = where.flatMap((one): RowFilter[] => {
    if (one.kind === 'period') return [];
    if (one.kind === 'values') return [valuesFilter(assembly, one, home)];
    return one.kind === 'compare' ? [ownComparison(assembly, one, home, dataset.name)] : unreadable();
  });
  return { kind: 'exists', dataset: dataset.name, negated, where: found, ...(period ? { span: period.span } : {}) };
}

function ownComparison(
  assembly: Assembly,
  { subject, op, value, unit }: Of<'compare'>,
  home: Home,
  dataset: string,
): RowFilter {
  if (subject.kind !== 'field' && subject.kind !== 'directed') return unreadable();
  requireCurrency(unit, assembly.model);
  const { field, high } =
    subject.kind === 'directed'
      ? directedField(assembly, subject.keys, home)
      : { field: assembly.choose(fieldChoices(subject, home)), high: true };
  if (field.dataset !== dataset || !isNumeric(field)) unreadable();
  return { kind: 'compare', field: field.id, op: turned(op, high), value };
}
