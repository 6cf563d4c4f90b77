import type { DataTableBlock as Table } from '@slack/types';
import { useId, useMemo, useState } from 'react';
import { DataTableHead, type SortOrder } from './data-table-head.tsx';
import { DataTablePager } from './data-table-pager.tsx';
import { LibraryBlock } from './library-block.tsx';
import { plainText } from './plain-text.ts';

type Cell = Table['rows'][number][number];

/** Slack's own default. */
const defaultPageSize = 5;

/** A table to sort and page through, with a sticky header and numbers aligned right. */
export function DataTableBlock({ block }: { readonly block: Table }) {
  const [header = [], ...rows] = block.rows;
  const [sort, setSort] = useState<SortOrder>();
  const [page, setPage] = useState(0);
  const [showAll, setShowAll] = useState(false);
  const caption = useId();
  const sorted = useMemo(() => sortRows(block.rows.slice(1), sort), [block.rows, sort]);
  const size = showAll ? rows.length : (block.page_size ?? defaultPageSize);
  const from = showAll ? 0 : page * size;
  const rowHeader = block.row_header_column_index ?? 0;
  const numeric = header.map((_cell, column) => rows.length > 0 && rows.every((row) => isNumberOrBlank(row[column])));
  const sortBy = (column: number) => {
    setSort((known) => nextSort(known, column));
    setPage(0);
  };
  return (
    <div className="data-table">
      <p className="data-table__caption" id={caption}>
        {block.caption}
      </p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard */}
      <section className="data-table__scroll" tabIndex={0} aria-labelledby={caption}>
        <table aria-labelledby={caption} aria-rowcount={rows.length + 1}>
          <DataTableHead labels={header.map(textOf)} numeric={numeric} sort={sort} onSort={sortBy} />
          <tbody>
            {sorted.slice(from, from + size).map(({ id, cells }) => (
              <tr key={id}>
                {cells.map((cell, column) => (
                  <TableCell
                    key={textOf(header[column]) + String(column)}
                    cell={cell}
                    isRowHeader={column === rowHeader}
                    numeric={numeric[column] === true}
                  />
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      <DataTablePager
        count={rows.length}
        from={from}
        size={size}
        showAll={showAll}
        onPage={setPage}
        onShowAll={setShowAll}
      />
    </div>
  );
}

function TableCell({
  cell,
  isRowHeader,
  numeric,
}: {
  readonly cell: Cell;
  readonly isRowHeader: boolean;
  readonly numeric: boolean;
}) {
  const Tag = isRowHeader ? 'th' : 'td';
  const text = textOf(cell);
  return (
    <Tag
      {...(isRowHeader ? { scope: 'row' } : {})}
      className={numeric ? 'data-table__number' : ''}
      title={text.length > 40 ? text : undefined}
    >
      {cell.type === 'rich_text' ? <LibraryBlock className="slack-inline" block={{ ...cell }} /> : text}
    </Tag>
  );
}

function textOf(cell: Cell | undefined): string {
  if (!cell) return '';
  return cell.type === 'rich_text' ? plainText(cell) : cell.text;
}

/** NULLs and dashes do not turn a column of numbers into text. */
function isNumberOrBlank(cell: Cell | undefined): boolean {
  return (
    cell?.type === 'raw_number' ||
    (cell?.type === 'raw_text' && ['', '-', '–', '—', 'NULL', 'null', '∅'].includes(cell.text.trim()))
  );
}

function nextSort(known: SortOrder | undefined, column: number): SortOrder | undefined {
  if (known?.column !== column) return { column, descending: false };
  return known.descending ? undefined : { column, descending: true };
}

const collator = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' });

/** The rows in the wanted order, each with its place in the block. */
function sortRows(rows: Table['rows'], sort: SortOrder | undefined) {
  const numbered = rows.map((cells, id) => ({ id, cells }));
  if (!sort) return numbered;
  const direction = sort.descending ? -1 : 1;
  return numbered.sort((a, b) => direction * compareCells(a.cells[sort.column], b.cells[sort.column]));
}

function compareCells(a: Cell | undefined, b: Cell | undefined): number {
  if (a?.type === 'raw_number' && b?.type === 'raw_number') return a.value - b.value;
  if (a?.type === 'raw_number') return -1;
  if (b?.type === 'raw_number') return 1;
  return collator.compare(textOf(a), textOf(b));
}
