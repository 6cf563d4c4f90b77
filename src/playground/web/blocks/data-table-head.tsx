import { Icon } from '../ui/icon.tsx';

/** The sorted column. */
export type SortOrder = { readonly column: number; readonly descending: boolean };

type Props = {
  readonly labels: readonly string[];
  readonly numeric: readonly boolean[];
  readonly sort: SortOrder | undefined;
  readonly onSort: (column: number) => void;
};

/** The header row. Clicks sort ascending, then descending, then not at all. */
export function DataTableHead({ labels, numeric, sort, onSort }: Props) {
  return (
    <thead>
      <tr>
        {labels.map((label, column) => {
          const order = sort?.column === column ? (sort.descending ? 'descending' : 'ascending') : 'none';
          return (
            <th
              key={`${label} ${String(column)}`}
              scope="col"
              aria-sort={order}
              className={numeric[column] ? 'data-table__number' : ''}
            >
              <button type="button" onClick={() => onSort(column)}>
                <span>{label}</span>
                <Icon name={order === 'none' ? 'sort' : order === 'ascending' ? 'up' : 'down'} size={14} />
              </button>
            </th>
          );
        })}
      </tr>
    </thead>
  );
}
