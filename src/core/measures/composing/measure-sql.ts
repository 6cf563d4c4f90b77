import { stem } from '../../language/tokens.ts';
import type { Component, Field, Metric, Model } from '../model/model.ts';
import { nearestBase, pathTo } from '../model/paths.ts';
import { identifier, piecesOf } from '../model/sql-text.ts';
import { unreadable } from '../reading/explore.ts';
import type { Measure } from '../reading/reading.ts';
import type { Selection } from './select-parts.ts';

/** A measure of a reading as something to compute: a metric, or one made up for the question. */
export type Computed = Pick<Metric, 'formula' | 'components' | 'timeField' | 'isCurrent' | 'decimals' | 'format'> & {
  readonly alias: string;
};

const plain = { timeField: undefined, isCurrent: false, decimals: undefined, format: 'number' } as const;

const isDataset = (model: Model, name: string): boolean => model.datasets.has(name);

export function computed(model: Model, measure: Measure): Computed {
  switch (measure.kind) {
    case 'metric': {
      const metric = model.metrics.get(measure.metric) ?? unreadable();
      return { ...metric, alias: metric.name };
    }
    case 'count': {
      const component = { dataset: measure.dataset, sql: 'count(*)', countsRows: true, additive: true };
      return {
        ...plain,
        formula: '{0}',
        components: [component],
        alias: measure.dataset.endsWith('s') ? measure.dataset : `${measure.dataset}_count`,
      };
    }
    case 'ratio':
      return ratio(model, measure);
    case 'distinct': {
      const field = model.fields.get(measure.field) ?? unreadable();
      return { ...plain, ...single(field, `count(DISTINCT ${reference(field)})`, false), alias: `${field.name}_count` };
    }
    case 'aggregate': {
      const field = model.fields.get(measure.field) ?? unreadable();
      return {
        ...plain,
        ...single(field, `${measure.fn}(${reference(field)})`, measure.fn === 'sum'),
        alias: `${measure.fn}_${field.name}`,
      };
    }
  }
}

/**
 * How much falls to one: what is measured, by the rows above it that have any of it ("orders per customer": per customer
 * with orders), or by a metric that counts.
 */
function ratio(model: Model, { of, per }: Extract<Measure, { kind: 'ratio' }>): Computed {
  const total = computed(model, of);
  const below = 'dataset' in per ? rowsAbove(model, total, per.dataset) : computed(model, { kind: 'metric', ...per });
  if (total.timeField !== below.timeField || total.isCurrent !== below.isCurrent) unreadable();
  const denominator = below.formula.replace(/\{(\d+)\}/g, (_, i: string) => `{${Number(i) + total.components.length}}`);
  const name = 'dataset' in per ? stem(per.dataset) : per.metric;
  return {
    ...total,
    formula: `1.0 * (${total.formula}) / nullif(${denominator}, 0)`,
    components: [...total.components, ...below.components],
    decimals: 2,
    alias: `${total.alias}_per_${name.toLowerCase().replace(/[^a-z0-9_]+/g, '_')}`,
  };
}

function rowsAbove(model: Model, total: Computed, name: string): Computed {
  const [base, ...others] = [...new Set(total.components.map(({ dataset }) => dataset))];
  const { key } = model.datasets.get(name) ?? unreadable();
  const [column] = key;
  if (base === undefined || others.length > 0 || key.length !== 1 || column === undefined) return unreadable();
  if (pathTo(model, base, name) === undefined) unreadable();
  const sql = `count(DISTINCT ${identifier(name)}.${identifier(column)})`;
  return {
    ...plain,
    timeField: total.timeField,
    isCurrent: total.isCurrent,
    formula: '{0}',
    components: [{ dataset: base, sql, countsRows: false, additive: false }],
    alias: name,
  };
}

const reference = (field: Field): string => `${identifier(field.dataset)}.${identifier(field.name)}`;

const single = (field: Field, sql: string, additive: boolean): { formula: string; components: Component[] } => ({
  formula: '{0}',
  components: [{ dataset: field.dataset, sql, countsRows: false, additive }],
});

/** The dataset at whose grain a component is computed when these datasets have to be reached from it. */
export function baseOf(model: Model, component: Component, needed: readonly string[]): string {
  if (needed.every((name) => pathTo(model, component.dataset, name) !== undefined)) return component.dataset;
  if (!component.countsRows) return unreadable();
  return nearestBase(model, component.dataset, needed) ?? unreadable();
}

/** The component as SQL in a selection. Below its own dataset, rows are counted by their key. */
export function componentSql(model: Model, component: Component, selection: Selection): string {
  if (selection.base !== component.dataset) {
    const { key } = model.datasets.get(component.dataset) ?? unreadable();
    const [column] = key;
    return `count(DISTINCT ${key.length === 1 && column !== undefined ? selection.column(component.dataset, column) : unreadable()})`;
  }
  return piecesOf(component.sql)
    .map(({ text, names }) => {
      const [dataset, name] = names ?? [];
      if (names?.length !== 2 || dataset === undefined || name === undefined || !isDataset(model, dataset)) return text;
      const field = model.fields.get(`${dataset}.${name}`);
      return field === undefined ? selection.column(dataset, name) : bracketed(selection.field(field));
    })
    .join('');
}

/** An expression keeps its meaning inside another one. */
const bracketed = (sql: string): string => (/^[\w."]+$|^[\w.]+\([^()]*\)$/.test(sql) ? sql : `(${sql})`);
