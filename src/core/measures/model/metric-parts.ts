import type { Component } from './model.ts';
import { piecesOf, type SqlPiece } from './sql-text.ts';

/** Aggregates whose parts can be told; `additive` ones sum up. */
const aggregates = new Set(
  [
    'sum',
    'count',
    'avg',
    'min',
    'max',
    'stddev',
    'stddev_pop',
    'stddev_samp',
    'variance',
    'var_pop',
    'var_samp',
  ].concat([
    'median',
    'percentile_cont',
    'percentile_disc',
    'mode',
    'bool_and',
    'bool_or',
    'approx_count_distinct',
    'total',
  ]),
);

type Parts = { readonly formula: string; readonly components: readonly Omit<Component, 'dataset'>[] };

/** Index of the piece that closes the bracket which opens at `open`. */
function closing(pieces: readonly SqlPiece[], open: number): number {
  let depth = 0;
  for (let i = open; i < pieces.length; i++) {
    if (pieces[i]?.text === '(') depth++;
    if (pieces[i]?.text === ')' && --depth === 0) return i;
  }
  return pieces.length - 1;
}

const nextSolid = (pieces: readonly SqlPiece[], from: number): number => {
  let at = from;
  while (pieces[at] !== undefined && pieces[at]?.text.trim() === '') at++;
  return at;
};

/** `FILTER (WHERE …)` and `WITHIN GROUP (…)` belong to the call before them. */
function withClauses(pieces: readonly SqlPiece[], end: number): number {
  let last = end;
  for (;;) {
    const word = nextSolid(pieces, last + 1);
    const name = pieces[word]?.text.toLowerCase();
    if (name !== 'filter' && name !== 'within') return last;
    const open = pieces.findIndex(({ text }, i) => i > word && text === '(');
    if (open === -1) return last;
    last = closing(pieces, open);
  }
}

/** Cuts a metric's expression into its aggregate calls and the arithmetic around them. */
export function metricParts(expression: string): Parts {
  const pieces = piecesOf(expression);
  const components: Omit<Component, 'dataset'>[] = [];
  let formula = '';
  for (let i = 0; i < pieces.length; i++) {
    const name = pieces[i]?.names?.length === 1 ? pieces[i]?.text.toLowerCase() : undefined;
    const open = nextSolid(pieces, i + 1);
    if (name === undefined || !aggregates.has(name) || pieces[open]?.text !== '(') {
      formula += pieces[i]?.text ?? '';
      continue;
    }
    const inner = closing(pieces, open);
    const end = withClauses(pieces, inner);
    const sql = pieces
      .slice(i, end + 1)
      .map(({ text }) => text)
      .join('');
    const argument = pieces
      .slice(open + 1, inner)
      .map(({ text }) => text)
      .join('')
      .trim();
    const isDistinct = /^distinct\b/i.test(argument);
    formula += `{${components.length}}`;
    components.push({
      sql,
      countsRows:
        name === 'count' && end === inner && (argument === '*' || /^(?:distinct\s+)?[\w".]+$/i.test(argument)),
      additive: (name === 'sum' || name === 'count') && !isDistinct,
    });
    i = end;
  }
  return { formula, components };
}

/** The datasets that an expression names as `dataset.field`, with the fields. */
export const referencesOf = (sql: string): readonly (readonly [dataset: string, field: string])[] =>
  piecesOf(sql).flatMap(({ names }) => (names?.length === 2 ? [[names[0] ?? '', names[1] ?? ''] as const] : []));

/** Components of a metric's expression, each with the dataset whose rows it aggregates. Undefined when that cannot be told. */
export function componentsOf(
  expression: string,
  datasets: ReadonlySet<string>,
  reaches: (from: string, to: string) => boolean,
): { readonly formula: string; readonly components: readonly Component[] } | undefined {
  const { formula, components } = metricParts(expression);
  const found = components.map((component): Component | undefined => {
    const named = [...new Set(referencesOf(component.sql).map(([dataset]) => dataset))].filter((name) =>
      datasets.has(name),
    );
    const base = named.find((from) => named.every((to) => reaches(from, to)));
    return base === undefined ? undefined : { ...component, dataset: base };
  });
  const whole = found.filter((one) => one !== undefined);
  return whole.length === found.length && whole.length > 0 ? { formula, components: whole } : undefined;
}
