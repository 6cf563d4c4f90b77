import { isMeasure, type Measure } from '../../../src/core/measures/reading/reading.ts';
import { compares } from './cells.ts';
import type { Asked, Group } from './groups.ts';
import { keepsRow } from './keeps-row.ts';
import { hasWay } from './look-up.ts';
import { addsUp, metricOf, timeOf } from './measured-part.ts';
import { fieldOf, tableOf } from './world.ts';

/**
 * "customers with fewer than 2 orders", "the product with the fewest sales": those without any belong to them. Only where
 * the question asks for few of one kind of thing.
 */
export function emptyGroups(measures: readonly Measure[], asked: Asked): readonly Group[] {
  const { reading, lookUp, today } = asked;
  const { world } = lookUp;
  const [only, ...more] = reading.dimensions;
  if (only?.kind !== 'entity' || more.length > 0 || reading.compare || reading.share) return [];
  const table = tableOf(world, only.dataset);
  const metrics = measures.map((measure) => metricOf(world, measure));
  if (
    !metrics.every(
      (metric) =>
        addsUp(world, metric) &&
        metric.parts.every((part) => part.table !== table.name && hasWay(world, part.table, table.name)),
    )
  )
    return [];
  const isOfThing = (metric: (typeof metrics)[number]): boolean =>
    reading.time !== undefined &&
    metric.parts.some((part) => !timeOf(world, reading, metric, part).startsWith(`${part.table}.`));
  if (metrics.some(isOfThing)) return [];
  const asksForFew =
    (reading.order !== undefined &&
      isMeasure(reading.order.by) &&
      !reading.order.descending &&
      reading.limit !== undefined) ||
    reading.filters.some((one) => one.kind === 'having' && compares(0, one.op, one.value));
  if (!asksForFew) return [];
  const ofThing = reading.filters.flatMap((one) =>
    one.kind !== 'having' && one.kind !== 'exists' && hasWay(world, table.name, fieldOf(world, one.field).table.name)
      ? [one]
      : [],
  );
  const keeps = keepsRow(table.name, ofThing, lookUp, today);
  return lookUp
    .rows(table.name)
    .filter(keeps)
    .map((row) => {
      const ids = table.key.map((column) => row[column] ?? null);
      const fields = only.fields ?? (table.label === undefined ? [] : [`${table.name}.${table.label}`]);
      const shown = fields.length === 0 ? ids : fields.map((id) => lookUp.value(row, table.name, id));
      return { shown, identity: JSON.stringify([shown, ids]) };
    });
}
