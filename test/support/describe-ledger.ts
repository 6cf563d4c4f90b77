import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Account, Ledger } from '../../src/core/budget/ledger.ts';

const at = (seconds: number): Date => new Date(Date.UTC(2026, 2, 1) + seconds * 1_000);
const both = (n: number) => ({ tokens: n, microUsd: n * 10 });
const hold = (id: string, n: number, expires = 60) => ({ id, amount: both(n), expiresAt: at(expires) });

let accounts = 0;
const account = (limit: number): Account => ({
  scope: `user:T1:U${++accounts}`,
  day: '2026-03-01',
  limitTokens: limit,
  limitMicroUsd: limit * 10,
});

type Step =
  | { readonly kind: 'reserve'; readonly id: string; readonly amount: number }
  | { readonly kind: 'settle'; readonly id: string; readonly charge: number }
  | { readonly kind: 'release'; readonly id: string };

const ids = fc.constantFrom('T1:C1:1.1:write', 'T1:C1:1.1:repair', '$a.b', 'd', 'e');
const amounts = fc.integer({ min: 0, max: 40 });
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ kind: fc.constant('reserve' as const), id: ids, amount: amounts }),
  fc.record({ kind: fc.constant('settle' as const), id: ids, charge: amounts }),
  fc.record({ kind: fc.constant('release' as const), id: ids }),
);

/** What `Ledger` promises, on any store. */
export function describeLedger(open: () => Ledger): void {
  describe('ledger', () => {
    it('holds once for one request, however often it is asked', async () => {
      const book = account(100);
      const asked = await Promise.all(Array.from({ length: 10 }, () => open().reserve(book, hold('r.1$', 60), at(0))));
      expect(asked).toEqual(Array.from({ length: 10 }, () => true));
      expect(await open().balance(book, at(1))).toEqual({ account: book, spent: both(0), held: both(60) });
    });

    it('lets exactly as many of many through as fit, by tokens or by money', async () => {
      for (const book of [
        { ...account(100), limitMicroUsd: undefined },
        { ...account(100), limitTokens: undefined },
      ]) {
        const let_in = await Promise.all(
          Array.from({ length: 60 }, (_, n) => open().reserve(book, hold(`r${n}`, 3), at(0))),
        );
        expect(let_in.filter(Boolean)).toHaveLength(33);
        expect(await open().reserve(book, hold('small', 1), at(0))).toBe(true);
        expect(await open().reserve(book, hold('more', 1), at(0))).toBe(false);
      }
    });

    it('charges an expired hold in full and corrects it when it is settled late', async () => {
      const book = account(100);
      await open().reserve(book, hold('lost', 80, 60), at(0));
      expect(await open().balance(book, at(59))).toMatchObject({ spent: both(0), held: both(80) });
      expect(await open().balance(book, at(60))).toMatchObject({ spent: both(80), held: both(0) });
      expect(await open().reserve(book, hold('next', 30, 90), at(60))).toBe(false);
      await open().settle(book, 'lost', both(50), at(70));
      expect(await open().balance(book, at(70))).toMatchObject({ spent: both(50), held: both(0) });
      expect(await open().reserve(book, hold('next', 30, 90), at(70))).toBe(true);
    });

    it('charges both calls when a request is tried again after its hold expired', async () => {
      const book = account(100);
      await open().reserve(book, hold('again', 30, 60), at(0));
      expect(await open().reserve(book, hold('again', 30, 120), at(61))).toBe(true);
      expect(await open().balance(book, at(62))).toMatchObject({ spent: both(30), held: both(30) });
      await open().settle(book, 'again', both(10), at(63));
      expect(await open().balance(book, at(64))).toMatchObject({ spent: both(40), held: both(0) });
    });

    it('refuses amounts that are not whole or are negative', async () => {
      const book = account(100);
      await expect(open().reserve(book, hold('half', 0.5), at(0))).rejects.toThrow(RangeError);
      await expect(open().reserve(book, hold('less', -1), at(0))).rejects.toThrow(RangeError);
    });

    it('agrees with a plain model in every sequence, and never passes the limit in any interleaving', async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(step, { maxLength: 25 }), fc.boolean(), async (steps, concurrent) => {
          const book = account(100);
          if (concurrent) await checkInterleaved(open(), book, steps);
          else await checkSequence(open(), book, steps);
        }),
        { numRuns: 40 },
      );
    });
  });
}

/** One after the other: every refusal and every balance is exactly the model's. */
async function checkSequence(ledger: Ledger, book: Account, steps: readonly Step[]): Promise<void> {
  const held = new Map<string, number>();
  let spent = 0;
  const committed = () => [...held.values()].reduce((sum, amount) => sum + amount, spent);
  for (const step of steps) {
    const known = held.get(step.id);
    if (step.kind === 'reserve') {
      const fits = known !== undefined || committed() + step.amount <= 100;
      expect(await ledger.reserve(book, hold(step.id, step.amount), at(0))).toBe(fits);
      if (known === undefined && fits) held.set(step.id, step.amount);
    } else {
      if (step.kind === 'settle') await ledger.settle(book, step.id, both(step.charge), at(1));
      else await ledger.release(book, step.id, at(1));
      if (known !== undefined && step.kind === 'settle') spent += step.charge;
      held.delete(step.id);
    }
    expect(await ledger.balance(book, at(1))).toEqual({
      account: book,
      spent: both(spent),
      held: both(committed() - spent),
    });
  }
}

/** All at once, each request under an id of its own: what was let in fits, and what is given back is free again. */
async function checkInterleaved(ledger: Ledger, book: Account, steps: readonly Step[]): Promise<void> {
  const requests = steps.map((step, n) => ({
    step,
    id: `${step.id}:${n}`,
    amount: step.kind === 'reserve' ? step.amount : 7,
  }));
  const charge = ({ step, amount }: (typeof requests)[number]): number =>
    step.kind === 'settle' ? Math.min(step.charge, amount) : step.kind === 'release' ? 0 : amount;
  const let_in = await Promise.all(
    requests.map(async (request) => {
      if (!(await ledger.reserve(book, hold(request.id, request.amount), at(0)))) return [];
      const { spent, held } = await ledger.balance(book, at(1));
      expect(spent.tokens + held.tokens).toBeLessThanOrEqual(100);
      if (request.step.kind === 'release') await ledger.release(book, request.id, at(1));
      else await ledger.settle(book, request.id, both(charge(request)), at(1));
      return [request];
    }),
  );
  const spent = let_in.flat().reduce((sum, request) => sum + charge(request), 0);
  expect(await ledger.balance(book, at(1))).toEqual({ account: book, spent: both(spent), held: both(0) });
  const rest = 100 - spent;
  expect(await ledger.reserve(book, hold('too much', rest + 1), at(1))).toBe(false);
  expect(await ledger.reserve(book, hold('the rest', rest), at(1))).toBe(true);
}
