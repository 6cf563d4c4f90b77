import type { Session } from '../data/database.ts';

/**
 * What replaces a masked value. `full`: only the fact that there is one. `last4`: its last four characters. `email`:
 * the domain of a mail address. `hash`: a pseudonym, the same for the same value. `null`: nothing at all.
 */
export const masks = ['full', 'last4', 'email', 'hash', 'null'] as const;
/** One entry of `masks`. */
export type Mask = (typeof masks)[number];

/** What an operator decided about one data source, beyond what the database itself enforces. */
export type SqlPolicy = {
  /** `schema.table.column`: never read, not even through a star, a whole row, USING or a sort. */
  readonly hiddenColumns: readonly string[];
  /** `schema.function` or `function`: functions outside the built-in allow-list that may be called. */
  readonly approvedFunctions: readonly string[];
  /** `schema.table.column` → what replaces its values, wherever it is named. */
  readonly maskedColumns?: Readonly<Record<string, Mask>>;
  /** Key of the `hash` pseudonyms, so that nobody can compute them from a list of values. */
  readonly maskKey?: string;
  /** `schema.table` → the condition that its visible rows meet; `:name` is a fact about the person who asks. */
  readonly rowPolicies?: Readonly<Record<string, string>>;
  /** Session settings that tell the database who asks; a value `:name` is a fact about the person. */
  readonly session?: Session | undefined;
  /** `schema.view`: views that may be read although tables of this source are masked or filtered. */
  readonly openViews?: readonly string[];
  /** Slack user → further facts about them, for the conditions. */
  readonly people?: Readonly<Record<string, PersonFacts>>;
  /** Where a name of this policy is written, for messages: `sources/shop.yaml, line 7`. */
  readonly writtenAt?: Readonly<Record<string, string>>;
};

/** Facts about the person who asks: `slack_user`, `team`, `channel`, and those of the source file. */
export type PersonFacts = Readonly<Record<string, string>>;

/** A policy without restrictions. */
export const openPolicy: SqlPolicy = { hiddenColumns: [], approvedFunctions: [] };
