import type { Directed, FieldValue } from '../lexicon/items.ts';
import type { Dataset, Field, Model } from '../model/model.ts';
import { linkTo, pathTo } from '../model/paths.ts';
import type { Clause, EntityTerm, FieldTerm, Term } from './clauses.ts';
import type { Choice } from './explore.ts';

/** Where the words of a question are at home: the datasets whose rows it names, and all that it is about. */
export type Home = { readonly model: Model; readonly datasets: readonly string[]; readonly rows: readonly string[] };

/** A name that is found further away than another of the same name is hardly meant. */
const perStep = 1;
/** A value of a farther field may be meant: the person is asked. */
const perStepOfValue = 0.4;
/** What can only be reached against the many-to-one direction. */
const sideways = 2;
const unreachable = 6;
/** "names of the players" when names are kept with the people. */
const ofAnother = 0.2;

function distance({ model, datasets }: Home, to: string): number {
  const steps = datasets.map((from) => {
    if (from === to) return 0;
    const up = pathTo(model, from, to);
    if (up !== undefined) return up.length;
    const down = pathTo(model, to, from) ?? linkTo(model, from, to);
    return down === undefined ? unreachable : down.length + sideways;
  });
  return steps.length === 0 ? 0 : Math.min(...steps);
}

/** The datasets that the words of a term name outright. */
function namedBy(term: Term): readonly string[] {
  switch (term.kind) {
    case 'entity':
      return [term.dataset.name];
    case 'field':
      return term.of ? [term.of.name] : term.fields.length === 1 ? term.fields.map(({ dataset }) => dataset) : [];
    case 'count':
      return namedBy(term.of);
    case 'aggregate':
      return namedBy(term.field);
    case 'ratio':
      return namedBy(term.of);
    case 'metric':
      return term.metric.components.map(({ dataset }) => dataset);
    case 'grain':
      return [];
  }
}

/** Where no rows are named, those that are filtered are meant: "the names of countries in Europe". */
function filteredBy(clause: Clause): readonly string[] {
  switch (clause.kind) {
    case 'values':
      return clause.field === undefined ? [] : namedBy(clause.field);
    case 'extreme':
      return [clause.of.name];
    case 'exists':
      return [clause.dataset.name];
    default:
      return [];
  }
}

export function homeOf(model: Model, clauses: readonly Clause[]): Home {
  const named = (kinds: readonly Clause['kind'][], isMeant: (term: Term) => boolean): readonly string[] =>
    clauses.flatMap((clause) => {
      if (!kinds.includes(clause.kind)) return [];
      if (clause.kind === 'show' || clause.kind === 'by') return clause.terms.filter(isMeant).flatMap(namedBy);
      if (
        clause.kind === 'top' &&
        clause.by !== undefined &&
        clause.by.kind !== 'directed' &&
        clause.by.kind !== 'rows'
      )
        return namedBy(clause.by);
      return clause.kind === 'order' && clause.by !== undefined && clause.by !== 'first' ? namedBy(clause.by) : [];
    });
  const rows = named(['show', 'by'], (term) => term.kind === 'entity' || term.kind === 'field');
  const all = named(['show', 'by', 'top', 'order'], () => true);
  const said = all.length > 0 ? all : clauses.flatMap(filteredBy);
  return { model, datasets: [...new Set(rows.length > 0 ? rows : said)], rows: [...new Set(said)] };
}

/** The fields that a name can mean here, nearest first. What is filtered by must not lie below; what is asked for may. */
export function fieldChoices(term: FieldTerm, home: Home, mayBeBelow = false): readonly Choice<Field>[] {
  const { of } = term;
  if (of === undefined)
    return nearest(term.fields, home, perStep)
      .filter(({ value }) => mayBeBelow || home.datasets.length === 0 || distance(home, value.dataset) < sideways)
      .map(({ value, cost }) => ({ value, cost: cost + (isCopy(value, term.fields, home) ? perStep : 0) }));
  const own = term.fields.filter(({ dataset }) => dataset === of.name);
  if (own.length > 0) return nearest(own, home, perStep);
  const above = term.fields.filter(({ dataset }) => pathTo(home.model, of.name, dataset) !== undefined);
  return nearest(above, { ...home, datasets: [of.name] }, perStep).map((one) => ({
    ...one,
    cost: one.cost + ofAnother,
  }));
}

/** A column that holds the key of another dataset, where that key itself is called the same. */
const isCopy = (field: Field, fields: readonly Field[], { model }: Home): boolean =>
  model.relationships.some(
    ({ from, to, fromColumns, toColumns }) =>
      from === field.dataset &&
      fromColumns.includes(field.name) &&
      fields.some(({ dataset, name }) => dataset === to && toColumns.includes(name)),
  );

function nearest(fields: readonly Field[], home: Home, step: number): readonly Choice<Field>[] {
  const isShared = (field: Field): boolean => isReachedByAll(home, field);
  const apart = fields.some(isShared) ? sideways : 0;
  const found = fields.map((field) => ({
    value: field,
    far: distance(home, field.dataset) + (isShared(field) ? 0 : apart),
  }));
  const least = Math.min(...found.map(({ far }) => far));
  return found.map(({ value, far }) => ({ value, cost: (far - least) * step })).sort((a, b) => a.cost - b.cost);
}

/**
 * Everything that is asked for can be told apart by it: the channel of an order, for its lines and for the order. Keys
 * and names say which row is meant, so that a row of another dataset does not stand in for it.
 */
function isReachedByAll({ model, datasets }: Home, { id, isKey, dataset: to }: Field): boolean {
  if (datasets.length < 2 || isKey || model.datasets.get(to)?.label?.id === id) return false;
  return datasets.every((from) => from === to || pathTo(model, from, to) !== undefined);
}

export function directedChoices(keys: readonly Directed[], home: Home): readonly Choice<Directed>[] {
  return nearest(
    keys.map(({ field }) => field),
    home,
    perStep,
  ).map(({ value, cost }) => ({
    value: { field: value, high: keys.find(({ field }) => field === value)?.high ?? true },
    cost,
  }));
}

export type ChosenValues = { readonly field: Field; readonly values: readonly string[] };

/** The fields that hold all of the values, as far as the words beside them allow. */
export function valueChoices(
  lists: readonly (readonly FieldValue[])[],
  term: FieldTerm | EntityTerm | undefined,
  home: Home,
): readonly Choice<ChosenValues>[] {
  const [first = []] = lists;
  const allowed = (field: Field): boolean => {
    if (term === undefined) return true;
    if (term.kind === 'entity') return isOf(field, term.dataset);
    return term.fields.some(({ id }) => id === field.id) && (term.of === undefined || term.of.name === field.dataset);
  };
  const common = first
    .map(({ field }) => field)
    .filter((field) => allowed(field) && lists.every((list) => list.some((one) => one.field.id === field.id)));
  const step = new Set(common.map(({ name }) => name)).size === 1 ? perStep : perStepOfValue;
  return nearest(common, { ...home, datasets: home.rows }, step).map(({ value: field, cost }) => ({
    value: { field, values: lists.map((list) => list.find((one) => one.field.id === field.id)?.value ?? '') },
    cost: cost + (isNamedOtherwise(field, common, home) ? perStep : 0),
  }));
}

/** A value that rows are called by, and that another column holds too, is their name. */
function isNamedOtherwise(field: Field, fields: readonly Field[], { model }: Home): boolean {
  const label = model.datasets.get(field.dataset)?.label;
  return label !== undefined && label.id !== field.id && fields.some(({ id }) => id === label.id);
}

const isOf = (field: Field, dataset: Dataset): boolean => field.dataset === dataset.name;
