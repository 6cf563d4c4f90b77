/** Tokens and money. Both are whole numbers; money is in millionths of a US dollar. */
export type Amount = { readonly tokens: number; readonly microUsd: number };

/** Who pays, on which day, and how much they may spend. */
export type Account = {
  /** `global:<team>`, `channel:<team>:<id>` or `user:<team>:<id>`. */
  readonly scope: string;
  /** The local day in the workspace's zone, `YYYY-MM-DD`. A hold settles to the day it was taken. */
  readonly day: string;
  /** Undefined: no limit of that kind. */
  readonly limitTokens: number | undefined;
  readonly limitMicroUsd: number | undefined;
};

/** An amount reserved for a request that has not finished. */
export type Hold = {
  /** The request's id: reserving it twice holds once. */
  readonly id: string;
  readonly amount: Amount;
  readonly expiresAt: Date;
};

/** What an account has spent and reserved today, and its limits. */
export type Balance = {
  readonly account: Account;
  readonly spent: Amount;
  readonly held: Amount;
};

/**
 * The account book, one document for each (scope, local day). A reservation is one conditional write, so that requests
 * on several instances cannot overspend together.
 */
export interface Ledger {
  /** False when spent + held + amount would pass a limit; nothing is held then. */
  reserve(account: Account, hold: Hold, now: Date): Promise<boolean>;
  /**
   * Replaces a hold by what the request really cost. A hold that expired was charged in full, and is corrected here.
   */
  settle(account: Account, holdId: string, charge: Amount, now: Date): Promise<void>;
  /** Gives a hold back: nothing was spent. */
  release(account: Account, holdId: string, now: Date): Promise<void>;
  balance(account: Account, now: Date): Promise<Balance>;
}
