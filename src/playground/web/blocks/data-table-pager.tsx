import { IconButton } from '../ui/icon-button.tsx';

type Props = {
  readonly count: number;
  /** Index of the first row shown. */
  readonly from: number;
  readonly size: number;
  readonly showAll: boolean;
  readonly onPage: (page: number) => void;
  readonly onShowAll: (all: boolean) => void;
};

/** `1–10 of 48` with buttons for the pages and for all rows; nothing when everything fits. */
export function DataTablePager({ count, from, size, showAll, onPage, onShowAll }: Props) {
  if (count <= size && !showAll) return null;
  const page = Math.floor(from / size);
  return (
    <div className="data-table__pager">
      <span role="status">
        {showAll ? `All ${count} rows` : `${from + 1}–${Math.min(from + size, count)} of ${count} rows`}
      </span>
      {!showAll && (
        <>
          <IconButton
            icon="left"
            size={16}
            label="Previous rows"
            disabled={page === 0}
            onClick={() => onPage(page - 1)}
          />
          <IconButton
            icon="right"
            size={16}
            label="Next rows"
            disabled={from + size >= count}
            onClick={() => onPage(page + 1)}
          />
        </>
      )}
      <button type="button" className="link-button" onClick={() => onShowAll(!showAll)}>
        {showAll ? 'Show fewer' : 'Show all'}
      </button>
    </div>
  );
}
