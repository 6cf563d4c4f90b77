import type { Directed } from '../lexicon/items.ts';
import { isCopied } from '../model/copied.ts';
import { listedValues } from '../model/listed-values.ts';
import { isNumeric, type Model } from '../model/model.ts';
import { reaches } from '../model/paths.ts';
import { isRole } from '../model/roles.ts';
import { appliesToRows } from './applies-to-rows.ts';
import type { Clause, EntityTerm, FieldTerm, Term } from './clauses.ts';
import { unreadable } from './explore.ts';
import type { Comparator, Filter, RowFilter } from './reading.ts';
import { chosenField, clausesOf, type Of, type ReadingDraft } from './reading-draft.ts';
import { directedChoices, fieldChoices, type Home, valueChoices } from './resolve-terms.ts';
import { isCountable, measureOf } from './term-keys.ts';
import { requireCurrency, requireUnit } from './units.ts';

/** Filters; alternatives of one field that stand apart ("in 2014 or 2015") are one filter. */
export function readFilters(draft: ReadingDraft): Filter[] {
  const found: Filter[] = [];
  for (const clause of draft.clauses) {
    const filter = filterOf(draft, clause);
    for (const one of filter === undefined ? [] : spreadOut(draft, clause, filter)) add(draft, found, one);
  }
  return found;
}

/** One filter may take several rows, or none of its own. */
function spreadOut(draft: ReadingDraft, clause: Clause, filter: Filter): readonly Filter[] {
  // "countries with singers above 40" where the country is the singer's own
  if (filter.kind === 'exists' && isOwn(draft, filter)) return filter.where;
  if (clause.kind === 'exists' && filter.kind === 'exists') return eachRow(draft, clause, filter);
  if (clause.kind !== 'values' || filter.kind !== 'values' || clause.joint === 'or') return [filter];
  if (isBelow(draft, filter)) return eachOf(draft, filter);
  if (isListed(draft, filter)) return filter.values.map((value) => ({ ...filter, values: [value] }));
  // One row has one value.
  return clause.joint === 'both' ? unreadable() : [filter];
}

/** An order's channel that stands in its lines as well has one value in both: app and web are never met together. */
function excludes({ model }: ReadingDraft, one: Filter, other: Filter): boolean {
  if (one.kind !== 'values' || other.kind !== 'values' || one.negated || other.negated) return false;
  const [a, b] = [model.fields.get(one.field), model.fields.get(other.field)];
  if (a === undefined || b === undefined || a === b || !isCopied(model, a, b)) return false;
  return !one.values.some((value) => other.values.includes(value));
}

/** One text may hold several values: "with trailers and commentaries" has both. */
const isListed = ({ model }: ReadingDraft, { field, negated }: ValuesFilter): boolean =>
  !negated && listedValues(model.fields.get(field) ?? unreadable()) !== undefined;

function add(draft: ReadingDraft, found: Filter[], filter: Filter): void {
  if (found.some((one) => excludes(draft, one, filter))) unreadable();
  const twin = found.find((one) => one.kind === 'values' && filter.kind === 'values' && one.field === filter.field);
  const isSaidOfOthers =
    twin?.kind !== 'values' ||
    filter.kind !== 'values' ||
    isListed(draft, filter) ||
    // "who have a dog but no cat"
    (twin.negated !== filter.negated && isOfRowsBelow(draft, filter));
  if (isSaidOfOthers) {
    found.push(filter);
    return;
  }
  // x = a AND x = b holds for no row: somewhere the words were taken wrongly.
  if (twin.negated !== filter.negated) unreadable();
  if (!twin.negated && clausesOf(draft, 'equals').length < 2) unreadable();
  twin.values.push(...filter.values);
}

const isOwn = ({ home }: ReadingDraft, { dataset, negated, span }: Extract<Filter, { kind: 'exists' }>): boolean =>
  !negated && span === undefined && home.rows.length === 1 && home.rows[0] === dataset;

type ExistsFilter = Extract<Filter, { kind: 'exists' }>;

/** "permits on both Saw and Drill" are two permits. "no permit on Saw and Drill" is none on either. */
function eachRow(draft: ReadingDraft, clause: Of<'exists'>, filter: ExistsFilter): readonly Filter[] {
  const several = clausesOf({ clauses: clause.where }, 'values').filter(
    ({ joint, values }) => joint !== 'or' && values.length > 1,
  );
  if (several.length === 0) return [filter];
  const [only, ...more] = filter.where;
  const isPlain = more.length === 0 && only?.kind === 'values' && isOfRowsBelow(draft, only);
  if (filter.negated || !isPlain) return several.some(({ joint }) => joint === 'both') ? unreadable() : [filter];
  return only.values.map((value) => ({ ...filter, where: [{ ...only, values: [value] }] }));
}

type ValuesFilter = Extract<Filter, { kind: 'values' }>;

/** Several rows of the field's dataset belong to one row that is asked for. */
function isOfRowsBelow({ model, home }: ReadingDraft, { field }: ValuesFilter): boolean {
  const dataset = model.fields.get(field)?.dataset ?? '';
  return home.rows.length > 0 && !home.rows.some((row) => reaches(model, row, dataset));
}

const isBelow = (draft: ReadingDraft, filter: ValuesFilter): boolean =>
  !filter.negated && filter.values.length > 1 && isOfRowsBelow(draft, filter);

/** "speak English and Dutch" takes two rows. */
const eachOf = ({ model }: ReadingDraft, { field, values, negated }: ValuesFilter): readonly Filter[] =>
  values.map((value) => ({
    kind: 'exists',
    dataset: model.fields.get(field)?.dataset ?? '',
    negated: false,
    where: [{ kind: 'values', field, values: [value], negated }],
  }));

function filterOf(draft: ReadingDraft, clause: Clause): Filter | undefined {
  switch (clause.kind) {
    case 'values':
      return valuesFilter(draft, clause, draft.home);
    case 'equals':
      return equals(draft, clause);
    case 'compare':
      return comparison(draft, clause);
    case 'like': {
      const field = chosenField(draft, clause.field);
      if (field.type !== 'text') unreadable();
      return { kind: 'like', field: field.id, text: clause.text, at: clause.at, negated: clause.negated };
    }
    case 'unknown': {
      const field = chosenField(draft, { kind: 'field', fields: clause.fields });
      return { kind: 'unknown', field: field.id, negated: false };
    }
    case 'exists':
      return existence(draft, clause);
    case 'extreme':
      return extremeFilter(draft, clause);
    case 'compareToAverage':
      return againstAverage(draft, clause);
    default:
      return undefined;
  }
}

function valuesFilter(draft: ReadingDraft, clause: Of<'values'>, home: Home): RowFilter {
  const { choose } = draft;
  const role = clause.field === undefined ? undefined : roleFilter(draft.model, clause, clause.field);
  if (role !== undefined) return role;
  const { field, values } = choose(valueChoices(clause.values, clause.field, home));
  return { kind: 'values', field: field.id, values: [...new Set(values)], negated: clause.negated };
}

/** "whose manager is Ann": the column holds the manager's key, and the words his name. */
function roleFilter(
  model: Model,
  { values, negated }: Of<'values'>,
  term: FieldTerm | EntityTerm,
): RowFilter | undefined {
  if (term.kind !== 'field') return undefined;
  const [field, ...others] = term.fields.filter((one) => isRole(model, one));
  const label = field && model.datasets.get(field.dataset)?.label;
  if (field === undefined || label === undefined || others.length > 0) return undefined;
  const named = values.map((list) => list.find((one) => one.field.id === label.id)?.value);
  const known = named.filter((one) => one !== undefined);
  return known.length === named.length && known.length > 0
    ? { kind: 'role', field: field.id, name: label.id, values: known, negated }
    : undefined;
}

function equals(draft: ReadingDraft, { field: term, value, negated }: Of<'equals'>): Filter {
  const field = chosenField(draft, term);
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
const directedField = ({ choose }: ReadingDraft, keys: readonly Directed[], home: Home): Directed =>
  choose(directedChoices(keys, home));

function comparison(draft: ReadingDraft, clause: Of<'compare'>): Filter {
  const { subject, op, value, unit } = clause;
  requireCurrency(unit, draft.model);
  if (subject.kind === 'directed') {
    const { field, high } = directedField(draft, subject.keys, draft.home);
    return isNumeric(field) ? { kind: 'compare', field: field.id, op: turned(op, high), value } : unreadable();
  }
  if (subject.kind === 'field') return fieldComparison(draft, subject, clause);
  if (subject.kind === 'grain' || appliesToRows(draft, clause)) unreadable();
  const measure = measureOf(draft, subject);
  requireUnit(unit, measure, draft.model);
  return { kind: 'having', measure, op, value };
}

/** Texts have no size: how many different ones there are is compared. */
function fieldComparison(
  draft: ReadingDraft,
  subject: Extract<Term, { kind: 'field' }>,
  { op, value, unit }: Of<'compare'>,
): Filter {
  const field = chosenField(draft, subject);
  if (field.type === 'text' && !isCountable(field)) unreadable();
  if (field.type === 'text') {
    const measure = { kind: 'distinct', field: field.id } as const;
    requireUnit(unit, measure, draft.model);
    return { kind: 'having', measure, op, value };
  }
  if (!isNumeric(field) || (field.isKey && op !== '=')) unreadable();
  return { kind: 'compare', field: field.id, op, value };
}

function againstAverage(draft: ReadingDraft, { subject, op, of }: Of<'compareToAverage'>): Filter {
  const { field, high } =
    subject.kind === 'directed'
      ? directedField(draft, subject.keys, draft.home)
      : { field: chosenField(draft, subject), high: true };
  if (!isNumeric(field) || field.isKey) unreadable();
  const comparison = { kind: 'compareToAverage', field: field.id, op: turned(op, high) } as const;
  if (of === undefined) return comparison;
  const home = { ...draft.home, datasets: [field.dataset], rows: [field.dataset] };
  const part = of.kind === 'values' ? valuesFilter(draft, of, home) : unreadable();
  return part.kind === 'values' ? { ...comparison, of: { field: part.field, values: part.values } } : unreadable();
}

/** Said of what is asked for itself, it is a ranking. */
function extremeFilter(draft: ReadingDraft, { of, by, high }: Of<'extreme'>): Filter {
  const home = { ...draft.home, datasets: [of.name], rows: [of.name] };
  const found =
    by.kind === 'directed'
      ? directedField(draft, by.keys, home)
      : { field: draft.choose(fieldChoices(by, home)), high };
  const isRanked = draft.home.rows.includes(of.name) || found.field.dataset !== of.name;
  if (isRanked || (!isNumeric(found.field) && !found.field.isTime) || found.field.isKey) unreadable();
  return { kind: 'extreme', field: found.field.id, high: found.high };
}

/** "without refunds over 100 last month": what is said of the rows must be of these rows. */
function existence(draft: ReadingDraft, { dataset, negated, where }: Of<'exists'>): Filter {
  const home = { ...draft.home, datasets: [dataset.name], rows: [dataset.name] };
  const [period, ...more] = clausesOf({ clauses: where }, 'period');
  const isOther = period?.field?.fields.some(({ id }) => id === dataset.time?.id) === false;
  if (more.length > 0 || isOther) unreadable();
  const found = where.flatMap((one): RowFilter[] => {
    if (one.kind === 'period') return [];
    if (one.kind === 'values') return [valuesFilter(draft, one, home)];
    return one.kind === 'compare' ? [ownComparison(draft, one, home, dataset.name)] : unreadable();
  });
  return { kind: 'exists', dataset: dataset.name, negated, where: found, ...(period ? { span: period.span } : {}) };
}

function ownComparison(
  draft: ReadingDraft,
  { subject, op, value, unit }: Of<'compare'>,
  home: Home,
  dataset: string,
): RowFilter {
  if (subject.kind !== 'field' && subject.kind !== 'directed') return unreadable();
  requireCurrency(unit, draft.model);
  const { field, high } =
    subject.kind === 'directed'
      ? directedField(draft, subject.keys, home)
      : { field: draft.choose(fieldChoices(subject, home)), high: true };
  if (field.dataset !== dataset || !isNumeric(field)) unreadable();
  return { kind: 'compare', field: field.id, op: turned(op, high), value };
}
