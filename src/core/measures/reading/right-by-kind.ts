import type { ReadingKind } from './reading-kind.ts';

/** What `npm run bench:measures` counted of one kind. */
type Count = { readonly answered: number; readonly right: number };

const rightByKind: Readonly<Partial<Record<ReadingKind, Count>>> = { 'one figure': { answered: 91, right: 91 } };

const least = { answered: 40, share: 0.99 };

export function isReadRight(kind: ReadingKind): boolean {
  const { answered, right } = rightByKind[kind] ?? { answered: 0, right: 0 };
  return answered >= least.answered && right >= answered * least.share;
}
