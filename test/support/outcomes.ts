import type { Answered, Outcome } from '../../src/core/answers/outcome.ts';
import type { ColumnType } from '../../src/core/data/column-type.ts';
import type { Cell, ResultRows } from '../../src/core/data/database.ts';

/** A result of the given columns, `name:type`. */
export const resultRows = (
  columns: readonly string[],
  rows: readonly (readonly Cell[])[],
  truncated = false,
): ResultRows => ({
  columns: columns.map((column) => {
    const [name = '', type = 'text'] = column.split(':');
    return { name, type: type as ColumnType };
  }),
  rows,
  rowCount: rows.length,
  truncated,
  ms: 12,
});

/** An answer with something in each of its parts. */
export const answered = (change: Partial<Answered> = {}): Answered => ({
  status: 'answered',
  text: 'Revenue was 1,234.50 in March 2026.',
  interpretation: 'net revenue, last 2 months',
  source: 'verified',
  verified: {
    id: 'monthly-revenue',
    title: 'Monthly revenue',
    parameters: { period: 'last 2 months' },
    verifiedBy: 'Ida, finance',
    verifiedAt: '2026-10-30',
  },
  sql: "SELECT month, revenue FROM shop.revenue WHERE month >= DATE '2026-02-01'",
  dataSource: 'shop',
  result: resultRows(
    ['month:date', 'revenue:number'],
    [
      ['2026-02-01', 1000],
      ['2026-03-01', 1234.5],
    ],
  ),
  chart: {
    kind: 'line',
    title: 'Monthly revenue',
    categories: ['2026-02', '2026-03'],
    series: [{ name: 'revenue', values: [1000, 1234.5] }],
    xLabel: 'month',
    yLabel: 'revenue',
  },
  memories: [{ id: 'm1', text: 'by revenue we mean net of refunds' }],
  suggestions: [{ text: 'Revenue by channel' }, { text: 'And the year before?' }],
  ...change,
});

/** One outcome of each status, all with the same text. */
export const everyOutcome = (text: string, sql: string | undefined = 'SELECT 1'): readonly Outcome[] => {
  const suggestions = [{ text }];
  return [
    answered({ text }),
    { status: 'said', text, memories: [{ id: 'm1', text }], suggestions },
    { status: 'clarify', text, suggestions },
    { status: 'unanswered', text, suggestions },
    { status: 'refused', code: 'sql_refused', text, sql, suggestions },
    { status: 'error', code: 'internal', text, sql, reference: 'ab12cd34', suggestions },
  ];
};
