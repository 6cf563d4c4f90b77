import type { Clock } from '../base/clock.ts';
import type { Person, Place } from '../base/namespace.ts';
import type { Budgets } from './budgets.ts';
import type { Account, Ledger } from './ledger.ts';
import { localDay, nextDayStart } from './local-day.ts';

/** Daily limits in tokens and US dollars for each kind of account. 0 or undefined: see the configuration. */
export type BudgetLimits = {
  readonly dailyTokens: number;
  readonly dailyMicroUsd: number;
  readonly channelDailyTokens: number;
  readonly userDailyTokens: number;
  readonly perRequestTokens: number;
  /** IANA zone in which a day begins. */
  readonly timeZone: string;
};

/** The accounts that pay for a question: the workspace's, the channel's (not for a DM, which is the person's), the person's. */
export function accountsOf(person: Person, place: Place, limits: BudgetLimits, at: Date): readonly Account[] {
  const day = localDay(at, limits.timeZone);
  const account = (scope: string, limitTokens: number, limitMicroUsd?: number): Account => ({
    scope,
    day,
    limitTokens,
    limitMicroUsd,
  });
  const channel = account(`channel:${person.team}:${place.channel}`, limits.channelDailyTokens);
  return [
    account(`global:${person.team}`, limits.dailyTokens, limits.dailyMicroUsd),
    ...(place.kind === 'channel' ? [channel] : []),
    account(`user:${person.team}:${person.user}`, limits.userDailyTokens),
  ];
}

/** The read side, for `/memori budget`. */
export function createBudgets(ledger: Ledger, limits: BudgetLimits, clock: Clock): Budgets {
  return {
    perRequestTokens: limits.perRequestTokens,
    balances: (person, place) =>
      Promise.all(
        accountsOf(person, place, limits, clock.now()).map((account) => ledger.balance(account, clock.now())),
      ),
    resetsAt: () => nextDayStart(clock.now(), limits.timeZone),
  };
}
