import type { Cell } from '../../../src/core/data/database.ts';
import type { Reading, RowOrExists } from '../../../src/core/measures/reading/reading.ts';
import { refuse } from './cells.ts';
import type { Asked } from './groups.ts';
import { firstOf, type Interpreted } from './interpreted.ts';
import { isWithin, keepsRow } from './keeps-row.ts';
import { hasWay } from './look-up.ts';
import { timeOf } from './measured-part.ts';
import { routesBelow } from './ways.ts';
import { fieldOf, type Row, tableOf, type World } from './world.ts';

const fieldsOf = (world: World, one: Reading['dimensions'][number]): readonly string[] => {
  if (one.kind === 'grain') return refuse('a list has no periods');
  if (one.kind === 'field') return [one.field];
  const { label, name } = tableOf(world, one.dataset);
  return one.fields ?? (label === undefined ? refuse('its rows have no name') : [`${name}.${label}`]);
};

/** The rows of a table, as the fields that are shown of them. */
export function interpretList({ reading, lookUp, today }: Asked): Interpreted {
  const { world } = lookUp;
  const { root, order, limit, time } = reading;
  if (root === undefined || reading.share || reading.compare) return refuse('a list has no shares');
  const shown = reading.dimensions.flatMap((one) => fieldsOf(world, one));
  const by = order === undefined ? undefined : fieldsOf(world, order.by as Reading['dimensions'][number])[0];
  const tables = [root, ...[...shown, ...(by ? [by] : [])].map((id) => fieldOf(world, id).table.name)];
  const found = world.tables
    .map(({ name }) => name)
    .filter((name) => tables.every((table) => hasWay(world, name, table)));
  const nearest = found.filter((name) => !found.some((other) => other !== name && hasWay(world, name, other)));
  const [base = '', second] = nearest.includes(root) ? [root] : nearest;
  if (base === '' || second !== undefined) return refuse('two ways lead there');
  const filters = reading.filters.filter((one): one is RowOrExists => one.kind !== 'having');
  // "towns with depots, and the regions of each": depots of the town, whatever else leads from a region to depots.
  const isOfRow = (one: RowOrExists): boolean => {
    const table = one.kind === 'exists' ? one.dataset : fieldOf(world, one.field).table.name;
    return (one.kind !== 'exists' && hasWay(world, base, table)) || routesBelow(world, root, table).length === 0;
  };
  const keepsOwn = keepsRow(base, filters.filter(isOfRow), lookUp, today);
  const keepsRoot = keepsRow(
    root,
    filters.filter((one) => !isOfRow(one)),
    lookUp,
    today,
  );
  const keeps = (row: Row): boolean => {
    const owner = lookUp.up(row, base, root);
    return keepsOwn(row) && (filters.every(isOfRow) || (owner !== undefined && keepsRoot(owner)));
  };
  const dated =
    time?.span === undefined
      ? undefined
      : timeOf(world, reading, { name: '', parts: [], sql: '', whole: 'only' }, { table: root, fn: 'rows' });
  for (const id of [...shown, ...(dated === undefined ? [] : [dated])]) lookUp.value(undefined, base, id);
  const lines = lookUp
    .rows(base)
    .filter(keeps)
    .filter(
      (row) =>
        dated === undefined || time?.span === undefined || isWithin(lookUp.value(row, base, dated), time.span, today),
    )
    .map((row): { readonly cells: readonly Cell[] } => ({
      cells: [...shown, ...(by ? [by] : [])].map((id) => lookUp.value(row, base, id)),
    }));
  const sorted = by === undefined ? undefined : { at: shown.length, descending: order?.descending ?? false };
  const rows = firstOf(lines, limit, sorted).map(({ cells }) => cells.slice(0, shown.length));
  const once = [...new Map(rows.map((row) => [JSON.stringify(row), row])).values()];
  const at = by === undefined ? -1 : shown.indexOf(by);
  return {
    kind: 'rows',
    rows: reading.distinct ? once : rows,
    sorted: at === -1 ? undefined : { at, descending: order?.descending ?? false },
    mayRepeat: base !== root,
  };
}
