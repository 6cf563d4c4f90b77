import { add } from '../verified/calendar.ts';
import type { Day, Span } from '../verified/dates.ts';
import { stem } from '../verified/tokens.ts';
import { unreadable } from './explore.ts';
import { baseOf, type Computed, componentSql, computed } from './measure-sql.ts';
import type { Field, Model } from './model.ts';
import { linkTo, nearestBase, pathTo, reaches } from './paths.ts';
import { type Dimension, type Filter, isMeasure, type Key, type Measure, type Reading, sameKey } from './reading.ts';
import { Selection } from './select-parts.ts';
import { type SqlColumn, type SqlDialect, selectText } from './sql-dialects.ts';
import { identifier, piecesOf } from './sql-text.ts';
import type { TimeGrain } from './words.ts';

export type Composing = { readonly model: Model; readonly dialect: SqlDialect; readonly today: Day };

type RowFilter = Exclude<Filter, { kind: 'having' }>;
const isRowFilter = (filter: Filter): filter is RowFilter => filter.kind !== 'having';

/** SQL for a reading. Gives up (`Unreadable`) when a part of it has no place: nothing is left out silently. */
export function composeSql(reading: Reading, composing: Composing): string {
  const havings = reading.filters.filter((filter) => filter.kind === 'having');
  const measures = [...reading.metrics];
  for (const { measure } of havings) if (!measures.some((one) => sameKey(one, measure))) measures.push(measure);
  return measures.length === 0
    ? listSql(reading, composing)
    : aggregateSql({ ...reading, metrics: measures }, composing);
}

// ---------------------------------------------------------------- lists of rows

function listSql(reading: Reading, composing: Composing): string {
  const { model, dialect } = composing;
  if (reading.share || reading.compare || reading.root === undefined) unreadable();
  const fields = reading.dimensions.flatMap((one) => shownFields(model, one));
  const order = reading.order && fieldOfKey(model, reading.order.by);
  const needed = [...fields, ...(order ? [order] : [])].map(({ dataset }) => dataset);
  const selection = new Selection(
    model,
    nearestBase(model, reading.root, needed) ?? unreadable(),
    dialect,
    composing.today,
  );
  for (const filter of reading.filters.filter(isRowFilter)) selection.filter(filter);
  if (reading.time?.span) selection.during(timeField(model, reading, reading.root, undefined), reading.time.span);
  const columns = named(fields.map((field) => ({ alias: field.name, sql: selection.field(field), field })));
  const orderBy = order && `${selection.field(order)} ${reading.order?.descending ? 'DESC' : 'ASC'} NULLS LAST`;
  const body = bodyOf(selection);
  if (reading.limit !== undefined) return dialect.firstRows(columns, body, orderBy ?? unreadable(), reading.limit);
  const select = `${selectText(columns, reading.distinct)}\n${body}`;
  if (orderBy === undefined) return select;
  if (reading.distinct && !fields.some((field) => field.id === order?.id)) unreadable();
  return `${select}\nORDER BY ${orderBy}`;
}

function shownFields(model: Model, dimension: Dimension): readonly Field[] {
  if (dimension.kind === 'grain') return unreadable();
  if (dimension.kind === 'field') return [model.fields.get(dimension.field) ?? unreadable()];
  const dataset = model.datasets.get(dimension.dataset) ?? unreadable();
  if (dimension.fields) return dimension.fields.map((id) => model.fields.get(id) ?? unreadable());
  return dataset.label ? [dataset.label] : unreadable();
}

function fieldOfKey(model: Model, key: Key): Field {
  if (key.kind === 'field') return model.fields.get(key.field) ?? unreadable();
  if (key.kind === 'entity') return model.datasets.get(key.dataset)?.label ?? unreadable();
  return unreadable();
}

const bodyOf = (selection: Selection): string => {
  const where = selection.where();
  return where.length === 0 ? selection.from() : `${selection.from()}\nWHERE ${where.join('\n  AND ')}`;
};

/** Aliases that are taken get the dataset in front. */
function named<T extends SqlColumn & { readonly field: Field }>(columns: readonly T[]): readonly T[] {
  return columns.map((column, i) =>
    columns.some((other, j) => j !== i && other.alias === column.alias)
      ? { ...column, alias: `${stem(column.field.dataset)}_${column.alias}` }
      : column,
  );
}

// ---------------------------------------------------------------- measures

type Column = SqlColumn & { readonly shown: boolean };

/** One SELECT: components that share their rows. */
type Group = {
  readonly name: string;
  readonly selection: Selection;
  readonly dimensions: readonly Column[];
  readonly components: SqlColumn[];
};

/** Which rows a measure is computed over beside its own: those of the question, of the span before, or of the whole. */
type Scope = 'now' | 'before' | 'whole';

function aggregateSql(reading: Reading, composing: Composing): string {
  const { model, dialect } = composing;
  const measures = reading.metrics.map((measure) => ({ measure, how: computed(model, measure) }));
  if (reading.limit !== undefined && reading.order === undefined) unreadable();
  if (reading.compare && (reading.share || reading.dimensions.some(({ kind }) => kind === 'grain'))) unreadable();
  const scopes: readonly Scope[] = reading.compare
    ? ['now', 'before']
    : reading.share === 'part'
      ? ['now', 'whole']
      : ['now'];
  const groups: Group[] = [];
  const sqlOf = new Map<string, string>();
  for (const scope of scopes)
    for (const { how } of measures)
      sqlOf.set(
        `${how.alias} ${scope}`,
        formulaSql(how, (component) => placed(component, how, scope, reading, composing, groups)),
      );

  const [first] = groups;
  if (first === undefined) return unreadable();
  const isSingle = groups.length === 1;
  const filled = isFilled(reading) && isDated(model, reading, measures);
  const outer: Outer = { reading, composing, groups, filled };
  const dimensions = first.dimensions.filter(({ shown }) => shown);
  const columns: SqlColumn[] = dimensions.map(({ alias, sql }) => ({
    alias,
    sql:
      isSingle && !filled
        ? sql
        : `${identifier(filled ? 'periods' : isSingle ? first.name : 'groups')}.${identifier(alias)}`,
  }));
  const inlined = (sql: string): string => (isSingle && !filled ? inline(sql, groups) : filledSql(sql, groups, filled));
  for (const { how } of measures)
    columns.push(
      ...measureColumns(how, reading, (scope) => inlined(sqlOf.get(`${how.alias} ${scope}`) ?? unreadable()), dialect),
    );

  const conditions = reading.filters.flatMap((filter) =>
    filter.kind === 'having'
      ? [
          `${inlined(sqlOf.get(`${computed(model, filter.measure).alias} now`) ?? unreadable())} ${filter.op} ${filter.value}`,
        ]
      : [],
  );
  const orderBy = orderSql(reading, columns, dimensions, measures, first);
  const body =
    isSingle && !filled
      ? singleBody(first, conditions)
      : `${outerBody(outer)}${conditions.length > 0 ? `\nWHERE ${conditions.join(' AND ')}` : ''}`;
  const ctes = isSingle && !filled ? [] : ctesOf(outer);
  const withText =
    ctes.length > 0 ? `WITH ${ctes.map(([name, sql]) => `${name} AS (\n${indent(sql)}\n)`).join(', ')}\n` : '';
  const statement =
    reading.limit !== undefined
      ? dialect.firstRows(columns, body, orderBy ?? unreadable(), reading.limit)
      : `${selectText(columns)}\n${body}${orderBy ? `\nORDER BY ${orderBy}` : ''}`;
  return withText + statement;
}

type Outer = {
  readonly reading: Reading;
  readonly composing: Composing;
  readonly groups: readonly Group[];
  readonly filled: boolean;
};

const indent = (sql: string): string => sql.replace(/^/gm, '  ');

/** Puts a component into the SELECT that has its rows, and says how it is called there. */
function placed(
  component: Computed['components'][number],
  how: Computed,
  scope: Scope,
  reading: Reading,
  { model, dialect, today }: Composing,
  groups: Group[],
): string {
  const filters = reading.filters.filter(isRowFilter).filter((filter) => scope !== 'whole' || filter.kind !== 'values');
  const base = baseOf(model, component, dimensionDatasets(model, reading.dimensions));
  for (const filter of filters) checkFilter(model, component, base, filter);
  const selection = new Selection(model, base, dialect, today);
  const needsTime = reading.time !== undefined || reading.dimensions.some(({ kind }) => kind === 'grain');
  const time = needsTime ? timeField(model, reading, component.dataset, how.timeField) : undefined;
  const dimensions = dimensionColumns(reading.dimensions, selection, time);
  const sql = componentSql(model, component, selection);
  for (const filter of filters) selection.filter(filter);
  const span = scope === 'before' ? reading.compare : reading.time?.span;
  if (time !== undefined && span !== undefined) selection.during(time, span);

  const same = groups.find(
    (group) => bodyOf(group.selection) === bodyOf(selection) && sameColumns(group.dimensions, dimensions),
  );
  const group = same ?? { name: nameOf(base, scope, groups), selection, dimensions, components: [] };
  if (same === undefined) groups.push(group);
  const known = group.components.find((one) => one.sql === sql);
  if (known !== undefined) return `${group.name}.${known.alias}`;
  const alias = `part_${groups.reduce((sum, one) => sum + one.components.length, 0) + 1}`;
  group.components.push({ alias, sql });
  return `${group.name}.${alias}`;
}

/** A filter must narrow the rows that are aggregated; "there is a row below" only makes sense where rows are counted. */
function checkFilter(model: Model, component: Computed['components'][number], base: string, filter: RowFilter): void {
  const dataset = filter.kind === 'exists' ? filter.dataset : (model.fields.get(filter.field)?.dataset ?? unreadable());
  if (filter.kind !== 'exists' && reaches(model, base, dataset)) return;
  const [first] = linkTo(model, base, dataset) ?? unreadable();
  if (base !== component.dataset || (first?.up && !component.countsRows)) unreadable();
}

const sameColumns = (a: readonly Column[], b: readonly Column[]): boolean =>
  a.length === b.length && a.every(({ sql }, i) => sql === b[i]?.sql);

function nameOf(base: string, scope: Scope, groups: readonly Group[]): string {
  const wanted = scope === 'now' ? `${base}_part` : `${base}_${scope}`;
  const taken = groups.filter(({ name }) => name.startsWith(identifierSafe(wanted))).length;
  return `${identifierSafe(wanted)}${taken === 0 ? '' : taken + 1}`;
}

const identifierSafe = (name: string): string => name.toLowerCase().replace(/[^a-z0-9_]+/g, '_');

const dimensionDatasets = (model: Model, dimensions: readonly Dimension[]): readonly string[] =>
  dimensions.flatMap((one) =>
    one.kind === 'grain'
      ? []
      : one.kind === 'entity'
        ? [one.dataset]
        : [model.fields.get(one.field)?.dataset ?? unreadable()],
  );

/** The field that a period or a grain refers to: the one named, the metric's, the dataset's, or the nearest one above. */
function timeField(model: Model, reading: Reading, dataset: string, own: Field | undefined): Field {
  if (reading.time?.field) return model.fields.get(reading.time.field) ?? unreadable();
  if (own) return own;
  const at = model.datasets.get(dataset);
  if (at?.time) return at.time;
  if (at?.fields.some(({ isTime }) => isTime)) return unreadable();
  const above = [...model.datasets.values()]
    .flatMap(({ name, time }) => (time ? [{ time, far: pathTo(model, dataset, name)?.length ?? Infinity }] : []))
    .filter(({ far }) => far < Infinity)
    .sort((a, b) => a.far - b.far);
  return above[0] !== undefined && above[0].far !== above[1]?.far ? above[0].time : unreadable();
}

function dimensionColumns(
  dimensions: readonly Dimension[],
  selection: Selection,
  time: Field | undefined,
): readonly Column[] {
  const { model } = selection;
  const columns = dimensions.flatMap((one): readonly (Column & { field?: Field })[] => {
    if (one.kind === 'grain')
      return [{ alias: one.grain, sql: selection.truncated(time ?? unreadable(), one.grain), shown: true }];
    if (one.kind === 'field') {
      const field = model.fields.get(one.field) ?? unreadable();
      return [{ alias: field.name, sql: selection.field(field), shown: true, field }];
    }
    const dataset = model.datasets.get(one.dataset) ?? unreadable();
    const fields =
      one.fields?.map((id) => model.fields.get(id) ?? unreadable()) ?? (dataset.label ? [dataset.label] : []);
    const shown = fields.map((field) => ({
      alias: field === dataset.label && !one.fields ? identifierSafe(stem(dataset.name)) : field.name,
      sql: selection.field(field),
      shown: true,
      field,
    }));
    const keys = dataset.key.map((column) => ({
      alias: `${identifierSafe(stem(dataset.name))}_key_${column}`,
      sql: selection.column(dataset.name, column),
      shown: shown.length === 0,
    }));
    return [...shown, ...keys.filter(({ sql }) => !shown.some((other) => other.sql === sql))];
  });
  return columns.map((column, i) =>
    columns.some((other, j) => j < i && other.alias === column.alias)
      ? { ...column, alias: `${stem(column.field?.dataset ?? 'key')}_${column.alias}` }
      : column,
  );
}

const formulaSql = (how: Computed, place: (component: Computed['components'][number]) => string): string =>
  how.formula.replace(/\{(\d+)\}/g, (_, index: string) => place(how.components[Number(index)] ?? unreadable()));

/** In a single SELECT the components stand where they are used. */
const inline = (sql: string, groups: readonly Group[]): string =>
  mapComponents(sql, groups, ({ sql: component }) => component);

/** In a filled series, sums and counts of nothing are 0. */
const filledSql = (sql: string, groups: readonly Group[], filled: boolean): string =>
  filled
    ? mapComponents(sql, groups, (component, name) =>
        /^(?:sum|count)\(/i.test(component.sql) && !/^count\(\s*distinct/i.test(component.sql)
          ? `coalesce(${name}, 0)`
          : /^count\(/i.test(component.sql)
            ? `coalesce(${name}, 0)`
            : name,
      )
    : sql;

function mapComponents(
  sql: string,
  groups: readonly Group[],
  change: (component: SqlColumn, name: string) => string,
): string {
  return piecesOf(sql)
    .map(({ text, names }) => {
      const [group, alias] = names ?? [];
      const found = groups.find(({ name }) => name === group)?.components.find((one) => one.alias === alias);
      return found === undefined ? text : change(found, text);
    })
    .join('');
}

const rounded = (sql: string, decimals: number | undefined, dialect: SqlDialect): string =>
  decimals === undefined ? sql : `round(${dialect.decimal(sql)}, ${decimals})`;

/** The columns of a measure: itself, its share, or what it was before and the change in percent. */
function measureColumns(
  how: Computed,
  reading: Reading,
  sqlOf: (scope: Scope) => string,
  dialect: SqlDialect,
): readonly SqlColumn[] {
  const { alias, decimals } = how;
  const now = sqlOf('now');
  const own = { alias, sql: rounded(now, decimals, dialect) };
  if (reading.compare) {
    const before = sqlOf('before');
    return [
      own,
      { alias: `${alias}_before`, sql: rounded(before, decimals, dialect) },
      { alias: `${alias}_change_pct`, sql: percent(`${bracket(now)} - ${bracket(before)}`, before, dialect) },
    ];
  }
  if (reading.share === 'total')
    return [own, { alias: 'share_pct', sql: percent(now, `sum(${now}) OVER ()`, dialect) }];
  if (reading.share === 'part')
    return [
      { alias: 'share_pct', sql: percent(now, sqlOf('whole'), dialect) },
      own,
      { alias: `all_${alias}`, sql: rounded(sqlOf('whole'), decimals, dialect) },
    ];
  return [own];
}

const bracket = (sql: string): string => (/^[\w."]+$|^\w+\([^()]*\)$/.test(sql) ? sql : `(${sql})`);
const percent = (part: string, whole: string, dialect: SqlDialect): string =>
  `round(${dialect.decimal(`100.0 * (${part}) / nullif(${whole}, 0)`)}, 1)`;

function orderSql(
  reading: Reading,
  columns: readonly SqlColumn[],
  dimensions: readonly Column[],
  measures: readonly { readonly measure: Measure; readonly how: Computed }[],
  first: Group,
): string | undefined {
  const { order } = reading;
  if (order === undefined) {
    const grain = reading.dimensions.find(({ kind }) => kind === 'grain');
    if (grain?.kind === 'grain')
      return [
        identifier(grain.grain),
        ...dimensions.filter(({ alias }) => alias !== grain.grain).map(({ alias }) => identifier(alias)),
      ].join(', ');
    const [measure] = measures;
    return dimensions.length === 0 || measure === undefined
      ? undefined
      : `${identifier(measure.how.alias)} DESC NULLS LAST`;
  }
  const direction = `${order.descending ? 'DESC' : 'ASC'} NULLS LAST`;
  if (isMeasure(order.by)) {
    const by = order.by;
    const alias = measures.find(({ measure }) => sameKey(measure, by))?.how.alias ?? unreadable();
    const column = columns.find((one) => one.alias === alias) ?? unreadable();
    // Window functions cannot use the name of a column of the same SELECT.
    return reading.limit === undefined ? `${identifier(alias)} ${direction}` : `${column.sql} ${direction}`;
  }
  const index = reading.dimensions.findIndex((one) => sameKey(one, order.by));
  const alias = index === -1 ? undefined : aliasOf(reading.dimensions[index], first);
  const column = columns.find((one) => one.alias === alias) ?? unreadable();
  return reading.limit === undefined ? `${column.sql} ${direction}` : unreadable();
}

/** The first shown column of a dimension. */
function aliasOf(dimension: Dimension | undefined, { dimensions }: Group): string | undefined {
  if (dimension?.kind === 'grain') return dimension.grain;
  if (dimension?.kind === 'field')
    return dimensions.find(({ alias }) => alias === dimension.field.split('.')[1])?.alias;
  return dimensions.find(({ shown }) => shown)?.alias;
}

function singleBody({ selection, dimensions }: Group, conditions: readonly string[]): string {
  const groupBy = dimensions.length === 0 ? '' : `\nGROUP BY ${dimensions.map(({ sql }) => sql).join(', ')}`;
  return `${bodyOf(selection)}${groupBy}${conditions.length === 0 ? '' : `\nHAVING ${conditions.join(' AND ')}`}`;
}

// ---------------------------------------------------------------- several SELECTs, series without gaps

/** A series over time alone, of which all rows are asked for, shows the empty periods too. */
const isFilled = ({ dimensions, filters, limit, compare, share, time }: Reading): boolean =>
  dimensions.length === 1 &&
  dimensions[0]?.kind === 'grain' &&
  limit === undefined &&
  compare === undefined &&
  share === undefined &&
  time?.field === undefined &&
  !filters.some(({ kind }) => kind === 'having');

/** Years in a column of numbers have no calendar to fill. */
function isDated(model: Model, reading: Reading, measures: readonly { readonly how: Computed }[]): boolean {
  return measures.every(({ how }) =>
    how.components.every((component) =>
      ['date', 'timestamp'].includes(timeField(model, reading, component.dataset, how.timeField).type),
    ),
  );
}

function ctesOf({ reading, composing, groups, filled }: Outer): readonly (readonly [string, string])[] {
  const parts = groups.map(({ name, selection, dimensions, components }) => {
    const groupBy = dimensions.length === 0 ? '' : `\nGROUP BY ${dimensions.map(({ sql }) => sql).join(', ')}`;
    return [name, `${selectText([...dimensions, ...components])}\n${bodyOf(selection)}${groupBy}`] as const;
  });
  const [first] = groups;
  if (first === undefined || first.dimensions.length === 0) return parts;
  if (filled) return [...parts, ['periods', seriesSql(reading, composing, groups)]];
  if (groups.length === 1) return parts;
  const keys = first.dimensions.map(({ alias }) => identifier(alias)).join(', ');
  return [...parts, ['groups', groups.map(({ name }) => `SELECT ${keys} FROM ${name}`).join('\nUNION\n')]];
}

function seriesSql(reading: Reading, { dialect, today }: Composing, groups: readonly Group[]): string {
  const [dimension] = reading.dimensions;
  const grain: TimeGrain = dimension?.kind === 'grain' ? dimension.grain : unreadable();
  const span = reading.time?.span && shownSpan(reading.time.span, today);
  const bound = (fn: 'min' | 'max'): string => {
    const all = groups.map(({ name }) => `SELECT ${identifier(grain)} FROM ${name}`).join(' UNION ALL ');
    return `(SELECT ${fn}(${identifier(grain)}) FROM (${all}) AS known)`;
  };
  const isOpen = span === undefined || span.start <= '0001-01-01';
  const first = isOpen ? bound('min') : dialect.truncate(grain, dialect.day(span.start));
  const last =
    span === undefined || span.end >= '9999-12-31'
      ? bound('max')
      : dialect.truncate(grain, dialect.day(add(span.end, -1, 'day')));
  return dialect.series(identifier(grain), grain, first, last);
}

/** "this year" ends today: days to come are no gaps. */
const shownSpan = (span: Span, today: Day): Span => {
  const tomorrow = add(today, 1, 'day');
  return span.start < tomorrow && span.end > tomorrow && span.end < '9999-12-31' ? { ...span, end: tomorrow } : span;
};

function outerBody({ composing: { dialect }, groups, filled }: Outer): string {
  const [first, ...others] = groups;
  if (first === undefined) return unreadable();
  if (first.dimensions.length === 0)
    return [`FROM ${first.name}`, ...others.map(({ name }) => `CROSS JOIN ${name}`)].join('\n');
  const spine = filled ? 'periods' : 'groups';
  const joins = groups.map(({ name, dimensions }) => {
    const on = dimensions.map(
      ({ alias }) => `${name}.${identifier(alias)} ${filled ? '=' : dialect.same} ${spine}.${identifier(alias)}`,
    );
    return `LEFT JOIN ${name} ON ${on.join(' AND ')}`;
  });
  return [`FROM ${spine}`, ...joins].join('\n');
}
