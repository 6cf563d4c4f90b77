import type { Locale } from '../base/namespace.ts';
import type { Step } from '../base/steps.ts';
import type { PersonFacts } from '../sql/policy.ts';

/** What one turn carries with it: how to stop it, how to show progress, what it has spent. */
export type Run = {
  readonly signal: AbortSignal;
  readonly locale: Locale;
  /** `team:user`: whose rows may be kept and given back. Nothing is kept without. */
  readonly asker?: string;
  /** Who asks and from where, as Slack signed it: for row policies and what the database is told. Unknown without. */
  readonly person?: PersonFacts;
  /** Read the database, whatever was kept. */
  readonly fresh?: true;
  /** Run it however much the planner expects: somebody who may has said so. */
  readonly uncapped?: true;
  /** Waits for somebody else, such as a model, without keeping a place from those who do not. */
  offPlace?<T>(work: () => Promise<T>): Promise<T>;
  progress(step: Step): void;
  /** Adds to the turn's cost, micro-USD. */
  spend(microUsd: number): void;
};
