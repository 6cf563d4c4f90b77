import type { DataTableBlock, RawNumberElement, RawTextElement, RichTextBlock } from '@slack/types';
import type { CutRow } from '../../core/answers/cut-rows.ts';
import type { Cell, ResultRows } from '../../core/data/database.ts';
import type { Texts } from '../../core/texts/texts-for.ts';
import { columnTitles } from '../column-title.ts';
import { clip, inert, inertLine } from '../escape.ts';
import { cellFormat } from '../format-cell.ts';
import { slackLimits } from '../limits.ts';
import { preformatted } from './elements.ts';

/** How much of a result a table shows; the CSV has the rest. */
export type Shown = { readonly columns: number; readonly rows: number };

/** A table, and how much of the result it shows. */
export type Table<Block> = { readonly block: Block; readonly shown: Shown };

type CellElement = RawTextElement | RawNumberElement;

/** The native table with as many rows as its limits allow. `cut`: cells of incomplete buckets. Undefined without rows. */
export function dataTable(
  result: ResultRows,
  caption: string,
  texts: Texts,
  cut: readonly CutRow[] = [],
): Table<DataTableBlock> | undefined {
  const { head, body } = formatCells(result, texts, slackLimits.tableColumns, slackLimits.tableCell, cut);
  let characters = lengthOf(head);
  const rows: CellElement[][] = [];
  for (const [index, line] of body.slice(0, slackLimits.tableRows).entries()) {
    characters += lengthOf(line);
    if (characters > slackLimits.tableCharacters) break;
    rows.push(line.map((text, column) => element(text, result.rows[index]?.[column] ?? null)));
  }
  if (rows.length === 0) return undefined;
  const block: DataTableBlock = {
    type: 'data_table',
    caption: clip(inertLine(caption) || '–', slackLimits.headerText),
    rows: [head.map((text) => ({ type: 'raw_text', text })), ...rows],
    page_size: slackLimits.tablePage,
  };
  return { block, shown: { columns: head.length, rows: rows.length } };
}

/** The same in a fixed-width font, for when Slack refuses the native table. */
export function textTable(
  result: ResultRows,
  texts: Texts,
  cut: readonly CutRow[] = [],
): Table<RichTextBlock> | undefined {
  const { head, body } = formatCells(result, texts, monospace.columns, monospace.cell, cut);
  const lines = [head, ...body.slice(0, monospace.rows)].map((line) => line.map(inertLine));
  const widths = head.map((_, column) => Math.max(...lines.map((line) => widthOf(line[column] ?? ''))));
  const right = head.map((_, column) => isNumeric(result, column));
  const drawn = lines.map((line) =>
    line.map((text, column) => pad(text, widths[column] ?? 0, right[column] === true)).join('  '),
  );
  const kept = withinLength(drawn, monospace.characters);
  if (kept.length < 2) return undefined;
  return { block: preformatted(kept.join('\n')), shown: { columns: head.length, rows: kept.length - 1 } };
}

const monospace = { columns: 8, rows: 30, cell: 32, characters: 3000 };

/** Says what was left out; undefined when everything is shown. */
export function omission(result: ResultRows, { columns, rows }: Shown, texts: Texts): string | undefined {
  const parts = [
    ...(columns < result.columns.length ? [texts.answer.columnsOf(columns, result.columns.length)] : []),
    ...(rows < result.rowCount || result.truncated
      ? [texts.answer.rowsOf(rows, result.rowCount, result.truncated)]
      : []),
  ];
  return parts.length === 0 ? undefined : texts.answer.omitted(parts, result.truncated);
}

function formatCells(result: ResultRows, texts: Texts, maxColumns: number, maxCell: number, cut: readonly CutRow[]) {
  const columns = result.columns.slice(0, maxColumns);
  const rows = result.rows.slice(0, slackLimits.tableRows);
  const formats = columns.map((column, index) =>
    cellFormat(
      column,
      rows.map((row) => row[index] ?? null),
      texts,
    ),
  );
  const show = (text: string): string => clip(padEmpty(text), maxCell);
  const marked = (text: string, row: number, column: number): string => {
    const part = cut.find((one) => one.row === row && one.column === column)?.part;
    return part === undefined ? text : `${text} (${part})`;
  };
  return {
    head: columnTitles(columns.map(({ name }) => name)).map((title) => show(inertLine(title))),
    body: rows.map((row, at) => formats.map((format, index) => show(marked(format(row[index] ?? null), at, index)))),
  };
}

/** A cell is never empty, and line breaks at its ends would push its neighbours apart. */
function padEmpty(text: string): string {
  const shown = inert(text).replace(/^\n+|\n+$/gu, '');
  return shown.trim() === '' ? '–' : shown;
}

const element = (text: string, cell: Cell): CellElement =>
  typeof cell === 'number' && Number.isFinite(cell)
    ? { type: 'raw_number', value: cell, text }
    : { type: 'raw_text', text };

const lengthOf = (line: readonly string[]): number => line.reduce((sum, text) => sum + text.length, 0);

const isNumeric = ({ columns }: ResultRows, index: number): boolean =>
  columns[index]?.type === 'integer' || columns[index]?.type === 'number';

/** East Asian characters and emoji take two places in a fixed-width font. */
const wide =
  /[\u1100-\u115F\u2E80-\uA4CF\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF00-\uFF60\uFFE0-\uFFE6]|\p{Extended_Pictographic}/gu;
const widthOf = (text: string): number => [...text].length + (text.match(wide)?.length ?? 0);

function pad(text: string, width: number, right: boolean): string {
  const space = ' '.repeat(Math.max(0, width - widthOf(text)));
  return right ? space + text : text + space;
}

function withinLength(lines: readonly string[], max: number): readonly string[] {
  let length = 0;
  const end = lines.findIndex((line) => {
    length += line.length + 1;
    return length > max;
  });
  return end === -1 ? lines : lines.slice(0, end);
}
