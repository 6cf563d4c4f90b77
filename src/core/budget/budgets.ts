import type { Person, Place } from '../base/namespace.ts';
import type { Balance } from './ledger.ts';

/** What `/memori budget` shows: one line for each account that this person's questions are charged to. */
export interface Budgets {
  balances(person: Person, place: Place): Promise<readonly Balance[]>;
  /** When the day ends and the accounts reset. */
  resetsAt(): Date;
  /** The most that one request may use, tokens. */
  readonly perRequestTokens: number;
}
