/**
 * The account book. One document per (scope, local day): `{limit, spent, holds}`. A reservation is one conditional
 * write, so concurrent requests on several instances cannot overspend. Money is integer micro-USD, tokens are integers.
 */
export type Amount = { readonly tokens: number; readonly microUsd: number };

export type Account = {
  /** `global:<team>`, `channel:<team>:<id>` or `user:<team>:<id>`. */
  readonly scope: string;
  /** The local day in the workspace's zone, `YYYY-MM-DD`. A hold settles to the day it was taken. */
  readonly day: string;
  /** Undefined: no limit of that kind. */
  readonly limitTokens: number | undefined;
  readonly limitMicroUsd: number | undefined;
};

export type Hold = {
  /** The request's id: reserving it twice holds once. */
  readonly id: string;
  readonly amount: Amount;
  readonly expiresAt: Date;
};

export type Balance = {
  readonly account: Account;
  readonly spent: Amount;
  readonly held: Amount;
};

/** Settling: `charge` is what the request really cost; a hold that has expired was settled in full and is corrected. */
export interface Ledger {
  /** False when spent + held + amount would pass a limit; nothing is held then. */
  reserve(account: Account, hold: Hold, now: Date): Promise<boolean>;
  settle(account: Account, holdId: string, charge: Amount, now: Date): Promise<void>;
  /** Gives a hold back: nothing was spent. */
  release(account: Account, holdId: string, now: Date): Promise<void>;
  balance(account: Account, now: Date): Promise<Balance>;
}
