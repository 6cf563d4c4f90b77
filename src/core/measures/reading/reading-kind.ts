import type { Dimension, Filter, Reading } from './reading.ts';

/** What a reading is like, as far as it decides how often such readings are right. */
export const readingKinds = [
  'one figure',
  'one figure with filter',
  'figure by group',
  'figure by group with filter',
  'several figures',
  'top groups',
  'top rows',
  'list',
  'list with filter',
  'list over tables',
  'different values',
  'having',
  'with',
  'without',
  'beside average',
  'contains',
  'series',
  'share',
  'ratio',
  'compare',
  'role',
] as const;
export type ReadingKind = (typeof readingKinds)[number];

/** A filter that is harder to read than "in Berlin", and the kind that it makes of the whole reading. */
function kindOfFilter(filter: Filter): ReadingKind | undefined {
  switch (filter.kind) {
    case 'having':
      return 'having';
    case 'exists':
      return filter.negated ? 'without' : 'with';
    case 'compareToAverage':
    case 'extreme':
      return 'beside average';
    case 'like':
      return 'contains';
    case 'role':
      return 'role';
    default:
      return undefined;
  }
}

const datasetOf = (dimension: Dimension): string => {
  switch (dimension.kind) {
    case 'entity':
      return dimension.dataset;
    case 'field':
      return dimension.field.slice(0, dimension.field.indexOf('.'));
    case 'grain':
      return '';
  }
};

const tablesOf = ({ root, dimensions }: Reading): ReadonlySet<string> =>
  new Set([...(root === undefined ? [] : [root]), ...dimensions.map(datasetOf)]);

/** The kind of a reading: the part of it that is most easily read wrong decides. */
export function kindOf(reading: Reading): ReadingKind {
  const { metrics, dimensions, filters, compare, share, order, limit } = reading;
  if (compare !== undefined) return 'compare';
  if (share !== undefined) return 'share';
  if (metrics.some(({ kind }) => kind === 'ratio')) return 'ratio';
  if (metrics.some(({ kind }) => kind === 'distinct')) return 'different values';
  const [filtered] = filters.flatMap((filter) => kindOfFilter(filter) ?? []);
  if (filtered !== undefined) return filtered;
  if (dimensions.some(({ kind }) => kind === 'grain')) return 'series';
  if (order !== undefined && limit !== undefined) return metrics.length > 0 ? 'top groups' : 'top rows';
  const isFiltered = filters.length > 0 || reading.time !== undefined;
  if (metrics.length === 0 && tablesOf(reading).size > 1) return 'list over tables';
  if (metrics.length === 0) return isFiltered ? 'list with filter' : 'list';
  if (dimensions.length > 0) return isFiltered ? 'figure by group with filter' : 'figure by group';
  if (metrics.length > 1) return 'several figures';
  return isFiltered ? 'one figure with filter' : 'one figure';
}
