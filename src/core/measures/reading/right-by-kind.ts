import type { ReadingKind } from './reading-kind.ts';

/** What `npm run bench:measures` counted of one kind. */
type Count = { readonly answered: number; readonly right: number };

const rightByKind: Readonly<Record<ReadingKind, Count>> = {} as never;

const least = { answered: 40, share: 0.99 };

export function isReadRight(kind: ReadingKind): boolean {
  const { answered, right } = rightByKind[kind];
  return answered >= least.answered && right >= answered * least.share;
}
