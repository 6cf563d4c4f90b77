import type { Cell } from '../../../src/core/data/database.ts';
import type { Dimension, Reading, RowOrExists } from '../../../src/core/measures/reading/reading.ts';
import { bucketOf, refuse } from './cells.ts';
import { isWithin, keepsRow, type Span } from './keeps-row.ts';
import type { LookUp } from './look-up.ts';
import { aggregated, baseOf, metricOf, timeOf, wholeOf } from './measured-part.ts';
import { fieldOf, type Row, tableOf, type World, type WorldMetric, type WorldPart } from './world.ts';

/** Which rows are meant: those asked for, those of the span to compare with, or those without the filters of values. */
export type Scope = 'now' | 'before' | 'whole';

/** Cells that are shown, and what tells groups of the same cells from each other. */
export type Group = { readonly shown: readonly Cell[]; readonly identity: string };

export type Asked = {
  readonly reading: Reading;
  readonly lookUp: LookUp;
  readonly today: string;
  /** Tables that have to be reached beside those of the reading's own groups. */
  readonly through?: readonly string[];
};

export const tablesOf = (world: World, dimensions: readonly Dimension[]): readonly string[] =>
  dimensions.flatMap((one) =>
    one.kind === 'grain' ? [] : [one.kind === 'entity' ? one.dataset : fieldOf(world, one.field).table.name],
  );

/** The group of a row. Rows without a thing are a group too: the parts make the whole. */
function groupOf(row: Row, base: string, time: string | undefined, { reading, lookUp }: Asked): Group {
  const shown: Cell[] = [];
  const keys: Cell[] = [];
  for (const one of reading.dimensions) {
    if (one.kind === 'field') shown.push(lookUp.value(row, base, one.field));
    else if (one.kind === 'grain') shown.push(bucket(lookUp.value(row, base, time ?? ''), one.grain));
    else {
      const { key, label } = tableOf(lookUp.world, one.dataset);
      const owner = lookUp.up(row, base, one.dataset);
      const fields = one.fields ?? (label === undefined ? [] : [`${one.dataset}.${label}`]);
      const ids = key.map((column) => owner?.[column] ?? null);
      shown.push(...(fields.length === 0 ? ids : fields.map((id) => lookUp.value(row, base, id))));
      keys.push(...ids);
    }
  }
  return { shown, identity: JSON.stringify([shown, keys]) };
}

function bucket(cell: Cell, grain: Parameters<typeof bucketOf>[1]): Cell {
  if (typeof cell === 'number') return grain === 'year' ? cell : refuse('a year has no days');
  return cell === null ? null : bucketOf(String(cell), grain);
}

type PartGroups = ReadonlyMap<string, { readonly group: Group; readonly rows: readonly Row[] }>;

function groupsOfPart(
  part: WorldPart,
  metric: WorldMetric,
  scope: Scope,
  asked: Asked,
): { base: string; groups: PartGroups } {
  const { reading, lookUp, today } = asked;
  const { world } = lookUp;
  const base = baseOf(world, part, [...tablesOf(world, reading.dimensions), ...(asked.through ?? [])]);
  const needsTime = reading.time !== undefined || reading.dimensions.some(({ kind }) => kind === 'grain');
  if (needsTime && metric.isCurrent && reading.time?.field === undefined) refuse('it is what it is now');
  const time = needsTime ? timeOf(world, reading, metric, part, base) : undefined;
  const filters = reading.filters.filter(
    (one): one is RowOrExists => one.kind !== 'having' && (scope !== 'whole' || one.kind !== 'values'),
  );
  const keeps = keepsRow(base, filters, lookUp, today);
  const span: Span | undefined = scope === 'before' ? reading.compare : reading.time?.span;
  const groups = new Map<string, { group: Group; rows: Row[] }>();
  // Asked of no row, so that what cannot be read is refused on empty tables too.
  if (time !== undefined) lookUp.value(undefined, base, time);
  for (const row of lookUp.rows(base)) {
    if (!keeps(row)) continue;
    if (time !== undefined && span !== undefined && !isWithin(lookUp.value(row, base, time), span, today)) continue;
    const group = groupOf(row, base, time, asked);
    const known = groups.get(group.identity) ?? { group, rows: [] };
    known.rows.push(row);
    groups.set(group.identity, known);
  }
  return { base, groups };
}

/** One measure for every group that has rows for it. */
export type Figures = {
  readonly groups: ReadonlyMap<string, Group>;
  /** Of a group without rows it is the figure of nothing. */
  of(identity: string): number | string | null;
};

export function figuresOf(measure: Reading['metrics'][number], scope: Scope, asked: Asked): Figures {
  const metric = metricOf(asked.lookUp.world, measure);
  const parts = metric.parts.map((part) => ({ part, ...groupsOfPart(part, metric, scope, asked) }));
  const groups = new Map(parts.flatMap((one) => [...one.groups].map(([key, { group }]) => [key, group] as const)));
  return {
    groups,
    of: (identity) =>
      wholeOf(
        metric,
        parts.map(({ part, base, groups: own }) => aggregated(part, base, own.get(identity)?.rows ?? [], asked.lookUp)),
      ),
  };
}
