import type { Clock } from '../base/clock.ts';
import { MemoriError } from '../base/errors.ts';
import { type ChargeTo, type LanguageModel, ModelFailure, type ModelReply, type ModelRequest } from '../model/model.ts';
import { accountsOf, type BudgetLimits } from './accounts.ts';
import type { Account, Amount, Hold, Ledger } from './ledger.ts';
import { costOf, highestCost, type Price, tokensOf } from './prices.ts';

/** A hold that nobody settles (a crash) is charged in full after this long: longer than any model call may take. */
const holdMs = 10 * 60_000;

/**
 * The budget as a decorator: what it wraps cannot be called without a hold on every account that pays. The hold is the
 * most the call can cost (counted input plus max output, at the highest rate), so the sum of all calls can never pass a
 * limit; settling gives back what was not used. Without usage from the vendor the whole hold is charged.
 * Errors: `budget_exceeded` (details: scope, limit, needed), and those of the model.
 */
export function withBudget(
  model: LanguageModel,
  ledger: Ledger,
  limits: BudgetLimits,
  price: Price,
  clock: Clock,
): LanguageModel {
  return {
    model: model.model,
    countInput: (request, signal) => model.countInput(request, signal),
    async generate<T>(request: ModelRequest<T>, signal: AbortSignal): Promise<ModelReply<T>> {
      const hold = await holdFor(request, await model.countInput(request, signal));
      const accounts = await reserveAll(request.chargeTo, hold);
      try {
        const reply = await model.generate(request, signal);
        const charge = chargeFor(reply.usage, hold.amount);
        await settleAll(accounts, hold.id, charge);
        return { ...reply, costMicroUsd: charge.microUsd };
      } catch (error) {
        await settleAll(accounts, hold.id, chargeForFailure(error, hold.amount));
        throw error;
      }
    },
  };

  async function holdFor(request: ModelRequest<unknown>, inputTokens: number): Promise<Hold> {
    const tokens = inputTokens + request.maxOutputTokens;
    if (tokens > limits.perRequestTokens) throw budgetError('request', limits.perRequestTokens, tokens);
    const amount = { tokens, microUsd: highestCost(price, inputTokens, request.maxOutputTokens) };
    return { id: request.id, amount, expiresAt: new Date(clock.now().getTime() + holdMs) };
  }

  /** Widest account first; when a later one refuses, the earlier holds are given back. */
  async function reserveAll(chargeTo: ChargeTo, hold: Hold): Promise<readonly Account[]> {
    const held: Account[] = [];
    for (const account of accountsOf(chargeTo.person, chargeTo.place, limits, clock.now())) {
      if (await ledger.reserve(account, hold, clock.now())) held.push(account);
      else {
        await Promise.all(held.map((earlier) => ledger.release(earlier, hold.id, clock.now())));
        throw budgetError(account.scope.split(':')[0] ?? 'global', account.limitTokens ?? 0, hold.amount.tokens);
      }
    }
    return held;
  }

  async function settleAll(accounts: readonly Account[], id: string, charge: Amount): Promise<void> {
    await Promise.all(accounts.map((account) => ledger.settle(account, id, charge, clock.now())));
  }

  function chargeFor(usage: ModelReply<unknown>['usage'], held: Amount): Amount {
    return usage ? { tokens: tokensOf(usage), microUsd: costOf(price, usage) } : held;
  }

  /** A failure that never reached the model costs nothing; one that was billed says what; an unclear one costs the hold. */
  function chargeForFailure(error: unknown, held: Amount): Amount {
    if (!(error instanceof ModelFailure)) return held;
    return error.billed === 'nothing'
      ? { tokens: 0, microUsd: 0 }
      : chargeFor(error.billed === 'unknown' ? undefined : error.billed, held);
  }
}

const budgetError = (scope: string, limit: number, needed: number): MemoriError =>
  new MemoriError('budget_exceeded', `The ${scope} budget of ${limit} tokens does not allow another ${needed}.`, {
    next: 'Wait until the budget resets (see /memori budget), or ask an operator to raise it.',
    details: { scope, limit, needed },
  });
