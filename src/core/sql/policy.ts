import type { Session } from '../data/database.ts';

/**
 * What is shown of a masked value: nothing but that there is one (`full`), its last four characters (`last4`), the domain
 * of a mail address (`email`), a name that is the same for the same value (`hash`), or not even that there is one (`null`).
 */
export const masks = ['full', 'last4', 'email', 'hash', 'null'] as const;
export type Mask = (typeof masks)[number];

/** What an operator has decided about one data source, beyond what the database itself enforces. */
export type SqlPolicy = {
  /** `schema.table.column`: never read, not even through a star, a whole row, USING or a sort. */
  readonly hiddenColumns: readonly string[];
  /** `schema.function` or `function`: functions outside the built-in allow-list that may be called. */
  readonly approvedFunctions: readonly string[];
  /** `schema.table.column` → what is read in its place, wherever it is named. */
  readonly maskedColumns?: Readonly<Record<string, Mask>>;
  /** Makes the names that `hash` gives, so that nobody can work them out from a list of values. */
  readonly maskKey?: string;
  /** `schema.table` → the condition its rows have to meet to be there; `:name` is what is known of the person. */
  readonly rowPolicies?: Readonly<Record<string, string>>;
  /** What the database itself is told of who asks; a value `:name` is what is known of the person. */
  readonly session?: Session | undefined;
  /** `schema.view`: views that may be read though tables of this source are masked or filtered. */
  readonly openViews?: readonly string[];
  /** Slack user → what else is known of them, for the conditions. */
  readonly people?: Readonly<Record<string, PersonFacts>>;
  /** Where a name of this policy is written, for messages: `sources/shop.yaml, line 7`. */
  readonly writtenAt?: Readonly<Record<string, string>>;
};

/** What is known for sure of who asks: `slack_user`, `team`, `channel`, and what the source file says of them. */
export type PersonFacts = Readonly<Record<string, string>>;

export const openPolicy: SqlPolicy = { hiddenColumns: [], approvedFunctions: [] };
