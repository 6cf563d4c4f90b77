import type { Reading } from '../reading/reading.ts';
import type { ComposeContext } from './compose-context.ts';
import type { Computed } from './measure-sql.ts';
import type { Measured } from './order-sql.ts';
import type { Group, RowSet } from './select-groups.ts';

/** A reading whose measures have found their SELECTs. */
export type AggregatePlan = {
  readonly reading: Reading;
  readonly context: ComposeContext;
  readonly measured: readonly Measured[];
  readonly groups: readonly Group[];
  readonly first: Group;
  /** Periods without rows are shown too. */
  readonly filled: boolean;
  /** A measure over the components of the groups. */
  formula(how: Computed, scope: RowSet): string;
};
