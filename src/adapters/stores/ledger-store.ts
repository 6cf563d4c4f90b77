import type { Account, Amount, Balance, Hold, Ledger } from '../../core/budget/ledger.ts';
import { type Collection, type Db, isDuplicateKey } from './collection.ts';
import { requireId } from './require-id.ts';

/**
 * One book for each account and day. `committed` is spent plus held, so that "does it fit" is a condition on one field.
 * An expired hold needs no writer: it stays committed in full and counts as spent until a late settlement corrects it.
 */
type Book = {
  readonly _id: string;
  readonly scope: string;
  readonly day: string;
  readonly limit: { readonly tokens?: number; readonly microUsd?: number };
  readonly committed: Amount;
  readonly holds: readonly (Amount & { readonly id: string; readonly expiresAt: Date })[];
};

type BookedHold = Book['holds'][number];

const nothing: Amount = { tokens: 0, microUsd: 0 };

/** The ledger on conditional writes to single documents: exact with any number of instances. */
export function createLedger(db: Db): Ledger {
  const books: Collection<Book> = db.collection<Book>('memori_ledger');
  const read = (account: Account): Promise<Book | null> => books.findOne({ _id: bookId(account) });

  /** Replaces the hold by `charge`. Does nothing when it was settled or released before. */
  const close = async (account: Account, holdId: string, charge: Amount): Promise<void> => {
    requireAmount(charge);
    for (;;) {
      const hold = (await read(account))?.holds.find(({ id }) => id === holdId);
      if (!hold) return;
      const closed = await books.updateOne(
        { _id: bookId(account), holds: { $elemMatch: exactly(hold) } },
        { $pull: { holds: exactly(hold) }, $inc: commit(minus(charge, hold)) },
      );
      if (closed.matchedCount === 1) return;
    }
  };

  return {
    async reserve(account, hold, now) {
      requireAmount(hold.amount);
      requireId(hold.id, 'request id');
      // A round without a decision means that another writer succeeded, so the loop ends.
      for (;;) {
        if (await tryHold(books, account, hold)) return true;
        const book = await read(account);
        if (!book) await openBook(books, account);
        else {
          const held = book.holds.find(({ id }) => id === hold.id);
          if (held && held.expiresAt > now) return true;
          if (held) await keepAsSpent(books, book._id, held);
          else if (!fits(account, book, hold.amount)) return false;
        }
      }
    },

    settle: (account, holdId, charge) => close(account, holdId, charge),

    release: (account, holdId) => close(account, holdId, nothing),

    async balance(account, now): Promise<Balance> {
      const book = await read(account);
      const open = (book?.holds ?? []).filter((hold) => hold.expiresAt > now);
      const held = open.reduce(plus, nothing);
      return { account, spent: minus(book?.committed ?? nothing, held), held };
    },
  };
}

/** The conditional write: it holds if the book exists, has room, and has no hold of this id. */
async function tryHold(books: Collection<Book>, account: Account, { id, amount, expiresAt }: Hold): Promise<boolean> {
  const { limitTokens, limitMicroUsd } = account;
  const written = await books.updateOne(
    {
      _id: bookId(account),
      'holds.id': { $ne: id },
      ...(limitTokens !== undefined && { 'committed.tokens': { $lte: limitTokens - amount.tokens } }),
      ...(limitMicroUsd !== undefined && { 'committed.microUsd': { $lte: limitMicroUsd - amount.microUsd } }),
    },
    { $inc: commit(amount), $push: { holds: { id, ...amount, expiresAt } }, $set: { limit: limitOf(account) } },
  );
  return written.matchedCount === 1;
}

async function openBook(books: Collection<Book>, account: Account): Promise<void> {
  const { scope, day } = account;
  const book = { _id: bookId(account), scope, day, limit: limitOf(account), committed: nothing, holds: [] };
  await books.insertOne(book).catch((error: unknown) => {
    if (!isDuplicateKey(error)) throw error;
  });
}

/** A second attempt under the same id: the first may have been billed, so its expired hold becomes spent. */
async function keepAsSpent(books: Collection<Book>, _id: string, hold: BookedHold): Promise<void> {
  await books.updateOne({ _id }, { $pull: { holds: exactly(hold) } });
}

const bookId = ({ scope, day }: Account): string => `${requireId(scope, 'account')}|${requireId(day, 'day')}`;

const limitOf = ({ limitTokens, limitMicroUsd }: Account): Book['limit'] => ({
  ...(limitTokens !== undefined && { tokens: limitTokens }),
  ...(limitMicroUsd !== undefined && { microUsd: limitMicroUsd }),
});

const exactly = ({ id, tokens, microUsd, expiresAt }: BookedHold) => ({ id, tokens, microUsd, expiresAt });

const commit = ({ tokens, microUsd }: Amount) => ({ 'committed.tokens': tokens, 'committed.microUsd': microUsd });

const fits = ({ limitTokens, limitMicroUsd }: Account, { committed }: Book, amount: Amount): boolean =>
  committed.tokens + amount.tokens <= (limitTokens ?? Number.POSITIVE_INFINITY) &&
  committed.microUsd + amount.microUsd <= (limitMicroUsd ?? Number.POSITIVE_INFINITY);

const plus = (a: Amount, b: Amount): Amount => ({ tokens: a.tokens + b.tokens, microUsd: a.microUsd + b.microUsd });
const minus = (a: Amount, b: Amount): Amount => ({ tokens: a.tokens - b.tokens, microUsd: a.microUsd - b.microUsd });

/** Amounts are whole and not negative, or sums would drift. Anything else is a bug of the caller. */
function requireAmount({ tokens, microUsd }: Amount): void {
  for (const part of [tokens, microUsd])
    if (!Number.isSafeInteger(part) || part < 0) throw new RangeError(`not a whole amount: ${part}`);
}
