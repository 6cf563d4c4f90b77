import type { Clock } from '../base/clock.ts';
import { MemoriError } from '../base/errors.ts';
import { mostTokens } from '../language/estimate-tokens.ts';
import { capacityOf } from '../model/capacity-of.ts';
import { inputText } from '../model/input-text.ts';
import {
  type Billed,
  type ChargeTo,
  type LanguageModel,
  ModelFailure,
  type ModelReply,
  type ModelRequest,
  type Usage,
} from '../model/model.ts';
import type { TokenRatios } from '../model/token-ratios.ts';
import { accountsOf, type BudgetLimits } from './accounts.ts';
import type { Account, Amount, Hold, Ledger } from './ledger.ts';
import { costOf, highestCost, type Price, tokensOf } from './prices.ts';

/** What a budget needs to price and hold calls. */
export type BudgetDeps = {
  readonly ledger: Ledger;
  readonly limits: BudgetLimits;
  readonly price: Price;
  readonly clock: Clock;
  /** The ratio of the model's tokens to the estimate, learned from the usage of each answer. */
  readonly ratios: TokenRatios;
};

/** A hold that nobody settles (a crash) is charged in full after this long: longer than any model call may take. */
const holdMs = 10 * 60_000;

/** How far a calibrated estimate may be off for one text. */
const spareShare = 0.2;
/** Tokens for the marks of a chat template. */
const spare = 64;

/**
 * The budget as a decorator: what it wraps cannot be called without a hold on every account that pays. The hold is the
 * most the call can cost (input as the vendor counts it or bounded from above, plus max output, at the highest rate), so
 * the sum of all calls can never pass a limit; settling gives back what was not used. Without usage from the vendor the
 * whole hold is charged. What one request may use is judged by the estimate, which each answer's usage corrects.
 * Errors: `budget_exceeded` (details: scope, limit, needed), and those of the model.
 */
export function withBudget(model: LanguageModel, { ledger, limits, price, clock, ratios }: BudgetDeps): LanguageModel {
  const name = model.model;
  return {
    ...model,
    capacity(route) {
      const own = capacityOf(model, route);
      return {
        ...own,
        tokens: Math.min(own.tokens ?? limits.perRequestTokens, limits.perRequestTokens),
        estimate: (text) => ratios.estimate(name, text),
      };
    },
    async generate<T>(request: ModelRequest<T>, signal: AbortSignal): Promise<ModelReply<T>> {
      const text = inputText(request);
      const hold = holdFor(request, await inputOf(request, text, signal));
      const accounts = await reserveAll(request.chargeTo, hold);
      try {
        const reply = await model.generate(request, signal);
        if (reply.usage) ratios.learn(name, text, inputIn(reply.usage));
        const charge = chargeFor(reply.usage ?? partOf(reply), hold);
        await settleAll(accounts, hold.id, charge);
        return { ...reply, costMicroUsd: charge.microUsd };
      } catch (error) {
        const billed = error instanceof ModelFailure ? error.billed : 'unknown';
        await settleAll(accounts, hold.id, chargeFor(billed, hold));
        throw error;
      }
    },
  };

  async function inputOf(request: ModelRequest<unknown>, text: string, signal: AbortSignal): Promise<InputTokens> {
    const counted = await model.countInput(request, signal);
    if (counted !== undefined) {
      ratios.learn(name, text, counted);
      return { expected: counted, most: counted };
    }
    const expected = ratios.estimate(name, text);
    const most = ratios.ratio(name, text) === undefined ? mostTokens(text) : Math.ceil(expected * (1 + spareShare));
    return { expected, most: most + spare };
  }

  function holdFor({ id, maxOutputTokens }: ModelRequest<unknown>, { expected, most }: InputTokens): OneHold {
    const needed = expected + maxOutputTokens;
    if (needed > limits.perRequestTokens) throw budgetError('request', limits.perRequestTokens, needed);
    const amount = { tokens: most + maxOutputTokens, microUsd: highestCost(price, most, maxOutputTokens) };
    return { id, amount, inputTokens: most, expiresAt: new Date(clock.now().getTime() + holdMs) };
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

  /** What is known of the bill; never more than was held for what is not. */
  function chargeFor(billed: Billed | undefined, { amount, inputTokens }: OneHold): Amount {
    if (billed === 'nothing') return { tokens: 0, microUsd: 0 };
    if (billed === undefined || billed === 'unknown') return amount;
    if ('input' in billed) return { tokens: tokensOf(billed), microUsd: costOf(price, billed) };
    const output = Math.min(billed.outputSoFar, amount.tokens - inputTokens);
    return { tokens: inputTokens + output, microUsd: highestCost(price, inputTokens, output) };
  }
}

/** What came of an answer that was complete before its end. */
const partOf = ({ outputSoFar }: ModelReply<unknown>): Billed | undefined =>
  outputSoFar === undefined ? undefined : { outputSoFar };

type InputTokens = { readonly expected: number; readonly most: number };
type OneHold = Hold & { readonly inputTokens: number };

const inputIn = ({ input, cacheRead, cacheWrite5m, cacheWrite1h }: Usage): number =>
  input + cacheRead + cacheWrite5m + cacheWrite1h;

const budgetError = (scope: string, limit: number, needed: number): MemoriError =>
  new MemoriError('budget_exceeded', `The ${scope} budget of ${limit} tokens does not allow another ${needed}.`, {
    next: 'Wait until the budget resets (see /memori budget), or ask an operator to raise it.',
    details: { scope, limit, needed },
  });
