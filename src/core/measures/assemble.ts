import { add, spanOf, type Unit } from '../verified/calendar.ts';
import type { Span } from '../verified/dates.ts';
import type { Clause, Term } from './clauses.ts';
import { type Choice, type Choose, explore, unreadable } from './explore.ts';
import type { Derivation } from './grammar.ts';
import { isNumeric, type Metric, type Model } from './model.ts';
import { reaches } from './paths.ts';
import {
  type Comparator,
  type Dimension,
  type Filter,
  isMeasure,
  type Key,
  type Measure,
  type Reading,
  type RowFilter,
  sameKey,
} from './reading.ts';
import { directedChoices, fieldChoices, type Home, homeOf, valueChoices } from './resolve-terms.ts';

/** Ways of filling one row of clauses that are tried. */
const tried = 48;

/** Costs of what the words do not say outright. */
const implied = { count: 0.3 };

type Of<K extends Clause['kind']> = Extract<Clause, { readonly kind: K }>;

/** All readings of one row of clauses, each with what it costs beyond the words. */
export const assemble = (model: Model, { clauses, asksForSeveral }: Derivation): readonly Choice<Reading>[] =>
  explore((choose) => {
    const home = homeOf(model, clauses);
    return createAssembly(model, clauses, home, choose).reading(asksForSeveral);
  }, tried);

/** One run: every clause has to find its place, or the run gives up. */
export function createAssembly(model: Model, clauses: readonly Clause[], home: Home, choose: Choose) {
  const of = <K extends Clause['kind']>(kind: K): readonly Of<K>[] =>
    clauses.filter((clause): clause is Of<K> => clause.kind === kind);
  const single = <K extends Clause['kind']>(kind: K): Of<K> | undefined => {
    const found = of(kind);
    return found.length > 1 ? unreadable() : found[0];
  };
  const pay = (cost: number): void => choose([{ value: undefined, cost }]);

  const fieldOf = (term: Extract<Term, { kind: 'field' }>, mayBeBelow = false) =>
    choose(fieldChoices(term, home, mayBeBelow));

  function keyOf(term: Term): Key {
    switch (term.kind) {
      case 'metric':
        return { kind: 'metric', metric: term.metric.name };
      case 'count':
        return term.of.kind === 'entity'
          ? countOf(term.of.dataset.name)
          : { kind: 'distinct', field: fieldOf(term.of).id };
      case 'aggregate': {
        const field = fieldOf(term.field, true);
        const adds = term.fn === 'sum' || term.fn === 'avg';
        if (field.isKey || (adds ? !isNumeric(field) : !isNumeric(field) && !field.isTime)) unreadable();
        // What the team defined comes first, e.g. its average price.
        const sql = `${term.fn}(${field.id})`;
        const defined = [...model.metrics.values()].find(
          ({ formula, components: [only] }) => formula === '{0}' && only?.sql.toLowerCase() === sql.toLowerCase(),
        );
        return defined ? { kind: 'metric', metric: defined.name } : { kind: 'aggregate', fn: term.fn, field: field.id };
      }
      case 'field':
        return { kind: 'field', field: fieldOf(term).id };
      case 'entity':
        return { kind: 'entity', dataset: term.dataset.name };
      case 'grain':
        return { kind: 'grain', grain: term.grain };
    }
  }

  /** Counting rows is what a metric may already do under the same name. */
  function countOf(dataset: string): Measure {
    const metric = [...model.metrics.values()].find((one) => countsRowsOf(one, dataset));
    return metric ? { kind: 'metric', metric: metric.name } : { kind: 'count', dataset };
  }

  /** "has the most orders": the entity counts. */
  function measureOf(term: Term): Measure {
    const key = keyOf(term);
    if (isMeasure(key)) return key;
    return key.kind === 'entity' ? countOf(key.dataset) : unreadable();
  }

  function filterOf(clause: Clause): Filter | undefined {
    switch (clause.kind) {
      case 'values': {
        const { field, values } = choose(valueChoices(clause.values, clause.field, home));
        return { kind: 'values', field: field.id, values: [...new Set(values)], negated: clause.negated };
      }
      case 'equals':
        return equals(clause);
      case 'compare':
        return comparison(clause);
      case 'like':
        return { kind: 'like', field: textField(clause.field), text: clause.text, at: clause.at, negated: false };
      case 'exists':
        return existence(clause);
      case 'compareToAverage':
        return { kind: 'compareToAverage', ...againstAverage(clause) };
      default:
        return undefined;
    }
  }

  function existence({ dataset, negated, where }: Of<'exists'>): Filter {
    const inner = { ...home, datasets: [dataset.name], rows: [dataset.name] };
    const periods = where.filter((one): one is Of<'period'> => one.kind === 'period');
    const found = where.flatMap((one): RowFilter[] => {
      if (one.kind === 'period') return [];
      if (one.kind === 'compare' && (one.subject.kind === 'field' || one.subject.kind === 'directed')) {
        const directed = one.subject.kind === 'directed' ? choose(directedChoices(one.subject.keys, inner)) : undefined;
        const field =
          directed?.field ?? (one.subject.kind === 'field' ? choose(fieldChoices(one.subject, inner)) : unreadable());
        if (directed?.high === false)
          return field.dataset === dataset.name
            ? [{ kind: 'compare', field: field.id, op: one.op === '>' ? '<' : unreadable(), value: one.value }]
            : unreadable();
        return field.dataset === dataset.name && isNumeric(field)
          ? [{ kind: 'compare', field: field.id, op: one.op, value: one.value }]
          : unreadable();
      }
      if (one.kind !== 'values') return unreadable();
      const { field, values } = choose(valueChoices(one.values, one.field, inner));
      return [{ kind: 'values', field: field.id, values: [...new Set(values)], negated: one.negated }];
    });
    const [period] = periods;
    if (periods.length > 1 || period?.field !== undefined) unreadable();
    return { kind: 'exists', dataset: dataset.name, negated, where: found, ...(period ? { span: period.span } : {}) };
  }

  function againstAverage({ subject, op }: Of<'compareToAverage'>): { field: string; op: Comparator } {
    const found =
      subject.kind === 'directed'
        ? choose(directedChoices(subject.keys, home))
        : { field: fieldOf(subject), high: true };
    if (!isNumeric(found.field) || found.field.isKey) unreadable();
    return { field: found.field.id, op: found.high ? op : op === '>' ? '<' : unreadable() };
  }

  const textField = (term: Extract<Term, { kind: 'field' }>): string => {
    const field = fieldOf(term);
    return field.type === 'text' ? field.id : unreadable();
  };

  function equals({ field: term, value, negated }: Of<'equals'>): Filter {
    const field = fieldOf(term);
    if (typeof value === 'number' ? !isNumeric(field) && field.type !== 'text' : field.type !== 'text') unreadable();
    const written = field.type === 'text' ? String(value) : value;
    return { kind: 'values', field: field.id, values: [written], negated };
  }

  function comparison({ subject, op, value }: Of<'compare'>): Filter {
    if (subject.kind === 'directed') {
      const { field, high } = choose(directedChoices(subject.keys, home));
      if (!isNumeric(field)) unreadable();
      return { kind: 'compare', field: field.id, op: high ? op : op === '>' ? '<' : unreadable(), value };
    }
    if (subject.kind === 'field') {
      const field = fieldOf(subject);
      if (field.type === 'text') return { kind: 'having', measure: { kind: 'distinct', field: field.id }, op, value };
      if (!isNumeric(field) || (field.isKey && op !== '=')) unreadable();
      return { kind: 'compare', field: field.id, op, value };
    }
    if (subject.kind === 'grain') unreadable();
    return { kind: 'having', measure: measureOf(subject), op, value };
  }

  /** Filters; alternatives of one field that stand apart ("in 2014 or 2015") are one filter. */
  function filters(): Filter[] {
    const found: Filter[] = [];
    for (const filter of clauses.map(filterOf)) {
      if (filter === undefined) continue;
      const twin = found.find((one) => one.kind === 'values' && filter.kind === 'values' && one.field === filter.field);
      if (twin?.kind === 'values' && filter.kind === 'values') {
        // x = a AND x = b holds for no row: somewhere the words were taken wrongly.
        if (twin.negated !== filter.negated) unreadable();
        if (!twin.negated && of('equals').length < 2) unreadable();
        twin.values.push(...filter.values);
      } else found.push(filter);
    }
    return found;
  }

  function time(): Reading['time'] {
    const clause = single('period');
    if (clause === undefined) return undefined;
    if (clause.field === undefined) return { span: clause.span };
    const field = fieldOf(clause.field);
    return field.isTime ? { field: field.id, span: clause.span } : unreadable();
  }

  function compareWith(span: Span | undefined): Span | undefined {
    const clause = of('compareWith').length > 1 ? changeBeside(of('compareWith')) : single('compareWith');
    if (clause === undefined) return undefined;
    if (span === undefined) return unreadable();
    if (clause.span === 'before') return spanBefore(span);
    if (clause.span === 'yearAgo') return { start: add(span.start, -1, 'year'), end: add(span.end, -1, 'year') };
    return clause.span;
  }

  /** "change … compared with last year": the first only says that there is a comparison. */
  const changeBeside = (all: readonly Of<'compareWith'>[]): Of<'compareWith'> | undefined => {
    const said = all.filter((clause) => clause.span !== 'before');
    return all.length === 2 && said.length <= 1 ? (said[0] ?? all[0]) : unreadable();
  };

  type Shown = { readonly metrics: Measure[]; readonly targets: Dimension[] };
  function shown(): Shown {
    const shows = of('show');
    if (shows.slice(1).some(({ restarts }) => !restarts)) unreadable();
    const keys = shows.flatMap(({ terms }) => terms).map(keyOf);
    return {
      metrics: unique(keys.filter(isMeasure)),
      targets: unique(keys.filter((key): key is Dimension => !isMeasure(key))),
    };
  }

  type Ranking = {
    readonly by: Key | undefined;
    readonly descending: boolean;
    readonly n: number | undefined;
    readonly isTop: boolean;
  };
  function ranking(): Ranking | undefined {
    const [top, order, count] = [single('top'), single('order'), single('count')];
    if (count !== undefined && top === undefined) unreadable();
    if (top === undefined) {
      if (order === undefined) return undefined;
      const by = order.by === undefined || order.by === 'first' ? undefined : keyOf(order.by);
      const descending = order.descending ?? (by !== undefined && isMeasure(by) && order.by !== 'first');
      return { by, descending, n: undefined, isTop: false };
    }
    if (order !== undefined && (top.by !== undefined || order.by === undefined || order.by === 'first')) unreadable();
    if (top.n !== undefined && count !== undefined) unreadable();
    const n = top.n ?? count?.n;
    if (top.by?.kind === 'directed') {
      const { field, high } = choose(directedChoices(top.by.keys, home));
      return { by: { kind: 'field', field: field.id }, descending: high, n, isTop: true };
    }
    if (top.by?.kind === 'rows') return { by: undefined, descending: top.descending, n, isTop: true };
    const term = top.by ?? (order?.by === 'first' ? undefined : order?.by);
    return { by: term === undefined ? unreadable() : rankKey(term), descending: top.descending, n, isTop: true };
  }

  const rankKey = (term: Term): Key => {
    const key = keyOf(term);
    // "speaks the most languages": values are counted
    if (key.kind === 'field' && model.fields.get(key.field)?.type === 'text')
      return { kind: 'distinct', field: key.field };
    return key.kind === 'entity' ? countOf(key.dataset) : key.kind === 'grain' ? unreadable() : key;
  };

  function reading(asksForSeveral: boolean): Reading {
    const { metrics, targets } = shown();
    const by = unique(
      of('by')
        .flatMap(({ terms }) => terms)
        .map(keyOf),
    ).filter((key): key is Dimension => !isMeasure(key) || unreadable());
    const where = filters();
    const ranked = ranking();
    const counted =
      metrics.length === 0
        ? impliedCount(
            targets,
            by,
            of('top').some((one) => one.by?.kind === 'rows'),
          )
        : undefined;
    if (isList(metrics, targets, by, where)) unreadable();
    const order = orderOf(ranked, counted ?? metrics[0], targets);
    const havings = where.flatMap((one) => (one.kind === 'having' ? [one.measure] : []));
    const all = unique([
      ...metrics,
      ...(counted ? [counted] : []),
      ...(order && isMeasure(order.by) ? [order.by] : []),
    ]);
    for (const measure of [...havings, ...(order && isMeasure(order.by) ? [order.by] : [])])
      checkCounted(measure, [...targets, ...by]);
    checkAbsent(where, targets);
    const shares = single('share') !== undefined;
    const period = time();
    const aggregated = all.length > 0 || havings.length > 0;
    const dimensions = aggregated
      ? grouped(
          counted && targets.length === 1 && targets[0]?.kind === 'entity' && by.length > 0 ? [] : targets,
          by,
          all.length > 0,
        )
      : listed(targets, by);
    if (aggregated && dimensions.length === 0 && (havings.length > 0 || order !== undefined)) unreadable();
    if (
      targets.length > 0 &&
      metrics.some(({ kind }) => kind === 'aggregate') &&
      !of('by').some(({ terms }) => terms.length === 0) &&
      !targets.every(
        (target) => by.some((one) => covers(one, target) || covers(target, one)) || isAbove(target, metrics),
      )
    )
      unreadable();
    if (of('by').some(({ terms }) => terms.length === 0) && targets.length === 0) unreadable();
    const compare = compareWith(period?.span);
    return compact({
      root: aggregated && all.length > 0 ? undefined : rootOf(dimensions),
      metrics: all,
      dimensions,
      filters: where,
      time: period,
      order,
      limit: limitOf(ranked, targets, asksForSeveral),
      share: shares ? shareOf(all, dimensions, where) : undefined,
      compare,
      distinct: !aggregated && of('show').some(({ distinct }) => distinct) ? true : undefined,
    });
  }

  /** "products without refunds" are products, not their number. */
  function isList(
    metrics: readonly Measure[],
    targets: readonly Dimension[],
    by: readonly Dimension[],
    where: readonly Filter[],
  ): boolean {
    const [term] = of('show').flatMap(({ terms }) => terms);
    if (metrics.length !== 1 || targets.length + by.length > 0 || term?.kind !== 'metric' || !term.isBare) return false;
    if (!where.some(({ kind }) => kind === 'compare' || kind === 'like' || kind === 'exists')) return false;
    return [...model.datasets.values()].some(
      ({ name, label }) => countsRowsOf(term.metric, name) && label?.type === 'text',
    );
  }

  const isName = (one: Dimension): boolean => {
    const field = one.kind === 'field' ? model.fields.get(one.field) : undefined;
    const dataset = field && model.datasets.get(field.dataset);
    return (
      field === undefined ||
      field.isKey ||
      dataset?.label?.id === field.id ||
      dataset?.key.includes(field.name) === true
    );
  };

  /** Each row of a dataset holds one row of it: "channels with more than two channels" means something else. */
  function checkCounted(measure: Measure, dimensions: readonly Dimension[]): void {
    const counted =
      measure.kind === 'count'
        ? measure.dataset
        : measure.kind === 'metric'
          ? model.metrics.get(measure.metric)?.components.find(({ countsRows }) => countsRows)?.dataset
          : undefined;
    if (counted === undefined) return;
    const { key = [], label } = model.datasets.get(counted) ?? {};
    const isItself = dimensions.some((one) =>
      one.kind === 'entity'
        ? one.dataset === counted
        : one.kind === 'field' &&
          (one.field === label?.id || key.some((column) => one.field === `${counted}.${column}`)),
    );
    if (isItself) unreadable();
  }

  /** What "no cartoon" is said of cannot be described further outside of it. */
  function checkAbsent(where: readonly Filter[], targets: readonly Dimension[]): void {
    const existing = where.flatMap((one) => (one.kind === 'exists' ? [one.dataset] : []));
    if (new Set(existing).size < existing.length) unreadable();
    // "countries that play no cartoon" are not the countries of the channels that play none.
    const isOfRows =
      of('show').some(({ terms }) => terms.some((term) => term.kind !== 'field' || term.of !== undefined)) ||
      targets.some(isName);
    if (targets.length > 0 && !isOfRows && where.some((one) => one.kind === 'exists' && one.negated)) unreadable();
    const absent = where.flatMap((one) => (one.kind === 'exists' && one.negated ? [one.dataset] : []));
    if (where.some((one) => 'field' in one && absent.includes(model.fields.get(one.field)?.dataset ?? '')))
      unreadable();
  }

  /** "singers and the total sales of their songs": by singer, what else. */
  const isAbove = (target: Dimension, metrics: readonly Measure[]): boolean => {
    const dataset =
      target.kind === 'entity'
        ? target.dataset
        : target.kind === 'field'
          ? model.fields.get(target.field)?.dataset
          : undefined;
    const isRow =
      target.kind === 'entity' ||
      (target.kind === 'field' && target.field === model.datasets.get(dataset ?? '')?.label?.id);
    return (
      isRow &&
      dataset !== undefined &&
      metrics.every(
        (metric) =>
          metric.kind === 'aggregate' &&
          model.fields.get(metric.field)?.dataset !== dataset &&
          reaches(model, model.fields.get(metric.field)?.dataset ?? '', dataset),
      )
    );
  };

  /** "customers by country": the rows are counted. "the most common city": so are they. */
  function impliedCount(
    targets: readonly Dimension[],
    by: readonly Dimension[],
    isCommon: boolean,
  ): Measure | undefined {
    const [target] = targets;
    if (isCommon) {
      if (targets.length !== 1 || target?.kind !== 'field') return unreadable();
      return countOf(model.fields.get(target.field)?.dataset ?? unreadable());
    }
    if (by.length === 0 || targets.length !== 1 || target?.kind !== 'entity') return undefined;
    if (by.some((one) => sameKey(one, target))) return undefined;
    pay(implied.count);
    return countOf(target.dataset);
  }

  function orderOf(
    ranked: Ranking | undefined,
    first: Measure | undefined,
    targets: readonly Dimension[],
  ): Reading['order'] {
    if (ranked === undefined) return undefined;
    const alphabetical = of('order').some((one) => one.by === 'first');
    const key =
      ranked.by ??
      (alphabetical
        ? (targets[0] ??
          of('by')
            .flatMap(({ terms }) => terms)
            .map(keyOf)[0])
        : (first ?? (targets.length === 1 ? targets[0] : undefined)));
    return key === undefined ? unreadable() : { by: key, descending: ranked.descending };
  }

  /** "Which cities have the most customers?" asks for a ranking, "which city has …" for the first. */
  function limitOf(
    ranked: Ranking | undefined,
    targets: readonly Dimension[],
    asksForSeveral: boolean,
  ): number | undefined {
    if (!ranked?.isTop) return undefined;
    if (ranked.n !== undefined) return ranked.n;
    return targets.length > 0 && asksForSeveral ? undefined : 1;
  }

  const grouped = (targets: readonly Dimension[], by: readonly Dimension[], _measured: boolean): Dimension[] =>
    withKeys(unique([...targets.filter((target) => !by.some((one) => covers(one, target))), ...by]), targets);

  /** An entity that is grouped by shows the fields that were asked for instead of its label. */
  function withKeys(dimensions: readonly Dimension[], targets: readonly Dimension[]): Dimension[] {
    return dimensions.map((one) => {
      if (one.kind !== 'entity') return one;
      const fields = targets.flatMap((target) =>
        target.kind === 'field' && covers(one, target) ? [target.field] : [],
      );
      return fields.length === 0 ? one : { ...one, fields };
    });
  }

  const covers = (one: Dimension, target: Dimension): boolean =>
    sameKey(one, target) ||
    (one.kind === 'entity' && target.kind === 'field' && model.fields.get(target.field)?.dataset === one.dataset);

  /** In a list, "each" says nothing; other groups have no place. */
  function listed(targets: readonly Dimension[], by: readonly Dimension[]): Dimension[] {
    if (targets.length === 0 || targets.some(({ kind }) => kind === 'grain')) unreadable();
    const root = rootOf([...targets]);
    const own = targets.filter(
      (one) => one.kind !== 'entity' || !targets.some((other) => other.kind === 'field' && covers(one, other)),
    );
    if (
      !by.every(
        (one) => one.kind === 'entity' && (one.dataset === root || targets.some((target) => covers(one, target))),
      )
    )
      unreadable();
    if (isMixed(own)) unreadable();
    return own;
  }

  /** Columns of several datasets in one list must say whose they are. */
  function isMixed(dimensions: readonly Dimension[]): boolean {
    const datasets = new Set(
      dimensions.map((one) =>
        one.kind === 'field' ? model.fields.get(one.field)?.dataset : one.kind === 'entity' ? one.dataset : '',
      ),
    );
    const terms = of('show').flatMap((one) => one.terms);
    return datasets.size > 1 && terms.some((term) => term.kind === 'field' && term.of === undefined);
  }

  const rootOf = (dimensions: readonly Dimension[]): string | undefined => {
    const entity = dimensions.find(({ kind }) => kind === 'entity');
    if (entity?.kind === 'entity') return entity.dataset;
    const named = of('show')
      .flatMap(({ terms }) => terms)
      .flatMap((term) => (term.kind === 'field' && term.of ? [term.of.name] : []));
    const field = dimensions.find(({ kind }) => kind === 'field');
    return named[0] ?? (field?.kind === 'field' ? model.fields.get(field.field)?.dataset : undefined);
  };

  function shareOf(
    metrics: readonly Measure[],
    dimensions: readonly Dimension[],
    where: readonly Filter[],
  ): Reading['share'] {
    if (metrics.length !== 1) unreadable();
    if (dimensions.length > 0) return 'total';
    return where.some(({ kind }) => kind === 'values') ? 'part' : unreadable();
  }

  return { reading, filters, time, ranking, keyOf, compareWith, orderOf };
}

/** The metric does nothing but count the rows of the dataset. */
const countsRowsOf = ({ formula, components: [component], hidden }: Metric, dataset: string): boolean =>
  !hidden && formula === '{0}' && component?.countsRows === true && component.dataset === dataset;

const unique = <K extends Key>(keys: readonly K[]): K[] =>
  keys.filter((key, i) => keys.findIndex((other) => sameKey(key, other)) === i);

const compact = (reading: { [K in keyof Reading]: Reading[K] | undefined }): Reading =>
  Object.fromEntries(Object.entries(reading).filter(([, value]) => value !== undefined)) as unknown as Reading;

/** The span before: of the same unit when it is a whole one, else of the same number of days. */
export function spanBefore(span: Span): Span {
  const unit = (['day', 'week', 'month', 'quarter', 'year'] as const).find(
    (one: Unit) => spanOf(span.start, one).start === span.start && spanOf(span.start, one).end === span.end,
  );
  if (unit !== undefined) return { start: add(span.start, -1, unit), end: span.start };
  const days = Math.round((Date.parse(span.end) - Date.parse(span.start)) / 86_400_000);
  return { start: add(span.start, -days, 'day'), end: span.start };
}
