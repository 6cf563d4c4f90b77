import { add, allTime } from '../../language/calendar.ts';
import { joinWords } from '../../language/column-values.ts';
import type { Day, Span } from '../../language/dates.ts';
import type { TimeGrain } from '../lexicon/words.ts';
import { eventTime } from '../model/events.ts';
import { listedValues, type Separator } from '../model/listed-values.ts';
import type { Dataset, Field, Model } from '../model/model.ts';
import { linkTo, type Path, pathTo } from '../model/paths.ts';
import { roleJoin } from '../model/roles.ts';
import { identifier, qualify, textLiteral } from '../model/sql-text.ts';
import { unreadable } from '../reading/explore.ts';
import type { Filter, Value } from '../reading/reading.ts';
import type { SqlDialect } from './sql-dialect.ts';

/** FROM and WHERE of one select over a base dataset, built up by what is asked of it. */
export class Selection {
  readonly #joined = new Map<string, Path[number]>();
  readonly #where: string[] = [];
  readonly #groups = new Map<
    string,
    { readonly outer: string; readonly pivot: string; readonly inner: Selection; readonly negated: boolean }
  >();
  readonly model: Model;
  readonly base: string;
  readonly dialect: SqlDialect;
  readonly today: Day;

  constructor(model: Model, base: string, dialect: SqlDialect, today: Day) {
    this.today = today;
    this.model = model;
    this.base = base;
    this.dialect = dialect;
    const { rowFilter } = this.dataset(base);
    if (rowFilter) this.#where.push(this.#rowFilter(base, rowFilter));
  }

  dataset(name: string): Dataset {
    return this.model.datasets.get(name) ?? unreadable();
  }

  reaches(dataset: string): boolean {
    return pathTo(this.model, this.base, dataset) !== undefined;
  }

  /** Joins a dataset along the many-to-one relationships to it. */
  join(dataset: string): void {
    for (const step of pathTo(this.model, this.base, dataset) ?? unreadable()) this.#joined.set(step.to, step);
  }

  /** A field as SQL here. */
  field(field: Field): string {
    this.join(field.dataset);
    return qualify(field.expression, this.dataset(field.dataset).columns, field.dataset);
  }

  column(dataset: string, column: string): string {
    this.join(dataset);
    return `${identifier(dataset)}.${identifier(column)}`;
  }

  /** Only rows that have a row of the dataset. */
  present({ name, key: [column] }: Dataset): void {
    if (name !== this.base && column !== undefined) this.#where.push(`${this.column(name, column)} IS NOT NULL`);
  }

  /** Rows of a span of days. A field that holds years takes whole years only. */
  during(field: Field, span: Span): void {
    if (span.start === allTime.start && span.end === allTime.end) return;
    const sql = this.field(field);
    const [start, end] =
      field.type === 'date' || field.type === 'timestamp'
        ? [this.dialect.day(span.start), this.dialect.day(span.end)]
        : yearsOf(field, wholeYears(span, this.today));
    if (span.start !== allTime.start) this.#where.push(`${sql} >= ${start}`);
    if (span.end !== allTime.end) this.#where.push(`${sql} < ${end}`);
  }

  truncated(field: Field, grain: TimeGrain): string {
    const sql = this.field(field);
    if (field.type === 'date' || field.type === 'timestamp') return this.dialect.truncate(grain, sql);
    return grain === 'year' ? sql : unreadable();
  }

  /** Adds a filter: in WHERE when its field is on the one side, else as "there is a row below with …". */
  filter(filter: Exclude<Filter, { kind: 'having' }>): void {
    const dataset = filter.kind === 'exists' ? filter.dataset : this.#fieldOf(filter.field).dataset;
    if (filter.kind !== 'exists' && this.reaches(dataset)) {
      this.#where.push(this.condition(filter));
      return;
    }
    const negated = 'negated' in filter && filter.negated;
    // What is said of a row together is said of one row; two rows may be meant where it is said apart.
    const isOwn = filter.kind === 'exists' && filter.where.length > 0;
    const below = this.#below(dataset, negated, isOwn);
    if (filter.kind === 'exists') {
      below.join(dataset);
      for (const one of filter.where) below.#where.push(below.condition(one));
      if (filter.span) below.during(eventTime(this.model, dataset) ?? unreadable(), filter.span);
    } else below.#where.push(below.condition('negated' in filter ? { ...filter, negated: false } : filter));
  }

  #fieldOf(id: string): Field {
    return this.model.fields.get(id) ?? unreadable();
  }

  condition(filter: Exclude<Filter, { kind: 'having' | 'exists' }>): string {
    const field = this.#fieldOf(filter.field);
    const sql = this.field(field);
    switch (filter.kind) {
      case 'values': {
        const listed = listedValues(field);
        if (listed !== undefined) return this.#listing(field, listed.separator, filter);
        const values = filter.values.flatMap((value) => variants(field, value)).map((value) => literal(field, value));
        const [only] = values;
        if (!filter.negated) return values.length === 1 ? `${sql} = ${only}` : `${sql} IN (${values.join(', ')})`;
        return this.#withUnknown(
          field,
          values.length === 1 ? `${sql} <> ${only}` : `${sql} NOT IN (${values.join(', ')})`,
        );
      }
      case 'compare':
        return `${sql} ${filter.op} ${filter.value}`;
      case 'compareToAverage':
        return `${sql} ${filter.op} (${this.#overAll('avg', field, filter.of)})`;
      case 'unknown':
        return `${sql} IS ${filter.negated ? 'NOT ' : ''}NULL`;
      case 'role': {
        const { to, toColumns } = roleJoin(this.model, field) ?? unreadable();
        const others = new Selection(this.model, to, this.dialect, this.today);
        others.filter({ kind: 'values', field: filter.name, values: filter.values, negated: false });
        const keys = `SELECT ${others.column(to, toColumns[0] ?? unreadable())} ${bodyOf(others)}`;
        return filter.negated ? this.#withUnknown(field, `${sql} NOT IN (${keys})`) : `${sql} IN (${keys})`;
      }
      case 'extreme':
        return `${sql} = (${this.#overAll(filter.high ? 'max' : 'min', field)})`;
      case 'like': {
        const escaped = filter.text.replace(/[\\%_]/g, '\\$&');
        const pattern = `${filter.at === 'start' ? '' : '%'}${escaped}${filter.at === 'end' ? '' : '%'}`;
        const like = this.dialect.like(sql, pattern, filter.negated);
        return filter.negated ? this.#withUnknown(field, like) : like;
      }
    }
  }

  /** A text that is a list has the value as one of its parts. */
  #listing(field: Field, separator: Separator, { values, negated }: Extract<Filter, { kind: 'values' }>): string {
    const inner = `replace(${this.field(field)}, ${textLiteral(`${separator} `)}, ${textLiteral(separator)})`;
    const parts = values.flatMap((value) => {
      const part = String(value).replace(/[\\%_]/g, '\\$&');
      const patterns = [part, `${part}${separator}%`, `%${separator}${part}`, `%${separator}${part}${separator}%`];
      return patterns.map((pattern) => this.dialect.like(inner, pattern, false));
    });
    const any = `(${parts.join(' OR ')})`;
    return negated ? this.#withUnknown(field, `NOT ${any}`) : any;
  }

  /** What is not known to be in Berlin is not in Berlin: both parts make the whole. SQL alone would leave it out of both. */
  #withUnknown(field: Field, isNot: string): string {
    const isKnown = !field.nullable && field.dataset === this.base;
    return isKnown ? isNot : `(${isNot} OR ${this.field(field)} IS NULL)`;
  }

  /** An aggregate over all rows of the field's dataset. */
  #overAll(
    fn: 'avg' | 'min' | 'max',
    field: Field,
    of?: Pick<Extract<Filter, { kind: 'values' }>, 'field' | 'values'>,
  ) {
    const inner = new Selection(this.model, field.dataset, this.dialect, this.today);
    if (of !== undefined) inner.filter({ kind: 'values', ...of, negated: false });
    const where = inner.where().map((one, i) => `${i === 0 ? 'WHERE' : 'AND'} ${one}`);
    return [`SELECT ${fn}(${inner.field(field)})`, inner.from(), ...where].join(' ');
  }

  /** The rows below that several filters are about are the same rows. */
  #below(dataset: string, negated: boolean, isOwn: boolean): Selection {
    const links = linkTo(this.model, this.base, dataset) ?? unreadable();
    const ups = links.findIndex(({ up }) => !up);
    const lastDown = links.findLastIndex(({ up }) => !up);
    if (ups === -1 || links.slice(ups, lastDown).some(({ up }) => up)) unreadable();
    const outer = ups === 0 ? this.base : (links[ups - 1]?.step.to ?? unreadable());
    const pivot = links[lastDown]?.step.from ?? unreadable();
    const key = `${outer} ${pivot} ${negated}`;
    const known = this.#groups.get(key);
    if (known !== undefined && !negated && !isOwn) return known.inner;
    const inner = new Selection(this.model, pivot, this.dialect, this.today);
    this.join(outer);
    this.#groups.set(known === undefined && !isOwn ? key : `${key} ${this.#groups.size}`, {
      outer,
      pivot,
      inner,
      negated,
    });
    return inner;
  }

  #rowFilter(dataset: string, sql: string): string {
    const qualified = qualify(sql, this.dataset(dataset).columns, dataset);
    return /\bor\b/i.test(qualified) ? `(${qualified})` : qualified;
  }

  where(): readonly string[] {
    return [
      ...this.#where,
      ...[...this.#groups.values()].map(
        ({ outer, inner, negated }) => `${negated ? 'NOT ' : ''}EXISTS (SELECT 1 ${inner.#correlated(outer)})`,
      ),
    ];
  }

  /** FROM and WHERE of a subselect whose rows belong to the row of `outer` outside. */
  #correlated(outer: string): string {
    const path = pathTo(this.model, this.base, outer) ?? unreadable();
    const last = path.at(-1) ?? unreadable();
    for (const step of path.slice(0, -1)) this.#joined.set(step.to, step);
    this.#joined.delete(outer);
    return [this.from(), `WHERE ${[onOf(last), ...this.where()].join(' AND ')}`].join(' ');
  }

  from(): string {
    const relation = (name: string): string => {
      const { source } = this.dataset(name);
      const sql = /^\s*(select|with)\b/i.test(source) ? `(${source})` : source;
      return sql === identifier(name) ? sql : `${sql} AS ${identifier(name)}`;
    };
    const joins = [...this.#joined.values()].map((step) => {
      const { rowFilter } = this.dataset(step.to);
      const extra = rowFilter ? ` AND ${this.#rowFilter(step.to, rowFilter)}` : '';
      return `LEFT JOIN ${relation(step.to)} ON ${onOf(step)}${extra}`;
    });
    return [`FROM ${relation(this.base)}`, ...joins].join('\n');
  }
}

/** FROM and WHERE as text. */
export const bodyOf = (selection: Selection): string => {
  const where = selection.where();
  return where.length === 0 ? selection.from() : `${selection.from()}\nWHERE ${where.join('\n  AND ')}`;
};

const onOf = (step: Path[number]): string =>
  step.fromColumns
    .map(
      (column, i) =>
        `${identifier(step.from)}.${identifier(column)} = ${identifier(step.to)}.${identifier(step.toColumns[i] ?? '')}`,
    )
    .join(' AND ');

/** "since 2014" ends today; years end with theirs. */
const wholeYears = ({ start, end }: Span, today: Day): Span => ({
  start,
  end: end === add(today, 1, 'day') ? `${Number(today.slice(0, 4)) + 1}-01-01` : end,
});

function yearsOf(field: Field, { start, end }: Span): readonly [string, string] {
  const open = (day: string): boolean => day === allTime.start || day === allTime.end || day.endsWith('-01-01');
  if (!open(start) || !open(end)) unreadable();
  const year = (day: string): string =>
    field.type === 'text' ? textLiteral(day.slice(0, 4)) : String(Number(day.slice(0, 4)));
  return [year(start), year(end)];
}

const variantsByField = new WeakMap<Field, ReadonlyMap<string, readonly string[]>>();

/** Stored values that differ in case and blanks only are one value to people. */
function variants(field: Field, value: Value): readonly Value[] {
  if (typeof value !== 'string') return [value];
  const known = variantsByField.get(field) ?? byJoinedWords(field.values);
  variantsByField.set(field, known);
  return known.get(joinWords(value)) ?? [value];
}

function byJoinedWords(values: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const joined = new Map<string, string[]>();
  for (const value of values) {
    const key = joinWords(value);
    const same = joined.get(key);
    if (same === undefined) joined.set(key, [value]);
    else same.push(value);
  }
  return joined;
}

const literal = (field: Field, value: Value): string =>
  typeof value === 'string' && field.type !== 'integer' && field.type !== 'number' && field.type !== 'boolean'
    ? textLiteral(value)
    : String(value);
