import type { Locale } from '../base/namespace.ts';
import type { Step } from '../base/steps.ts';
import type { PersonFacts } from '../sql/policy.ts';

/** The context of one turn: its stop signal, progress and costs. */
export type Run = {
  readonly signal: AbortSignal;
  readonly locale: Locale;
  /** `team:user`: whose rows may be cached. Without it, nothing is cached. */
  readonly asker?: string;
  /** Who asks and where, from Slack's signed event: for row policies and session values. Undefined when unknown. */
  readonly person?: PersonFacts;
  /** Ignores the cache. */
  readonly fresh?: true;
  /** Ignores the planner's estimate, because someone with the right to do so chose to run it. */
  readonly uncapped?: true;
  /** Waits for something slow, such as a model, while other turns may use this turn's place. */
  offPlace?<T>(work: () => Promise<T>): Promise<T>;
  progress(step: Step): void;
  /** Adds to the turn's cost, in micro-USD. */
  spend(microUsd: number): void;
};
