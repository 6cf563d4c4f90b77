import type { Locale } from './namespace.ts';
import type { Step } from './outcome.ts';

/** What one turn carries with it: how to stop it, how to show progress, what it has spent. */
export type Run = {
  readonly signal: AbortSignal;
  readonly locale: Locale;
  progress(step: Step): void;
  /** Adds to the turn's cost, micro-USD. */
  spend(microUsd: number): void;
};
