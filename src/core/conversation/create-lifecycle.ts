import { carryOut } from './carry-out.ts';
import type { Asked, LifecycleDeps } from './lifecycle-deps.ts';

/** The life of a question around its answer: claimed once, shown, kept, audited, remembered. */
export type Lifecycle = {
  /**
   * Resolves when the outcome was shown; failures are shown, not thrown. A question that was claimed before is
   * acknowledged and left alone. Errors: those of the store, before anything was acknowledged.
   */
  carryOut(asked: Asked): Promise<void>;
  /** Sends away what waits and lets the rest be answered for so long; what is not done then is handed back. */
  drain(graceMs: number): Promise<void>;
};

/** Time for stopped questions to say so. Milliseconds. */
const lastWordMs = 4_000;

/** Creates the lifecycle of all questions of this instance. */
export function createLifecycle(deps: LifecycleDeps): Lifecycle {
  /** Questions from before their claim to what follows their answer: a stop waits for all of that. */
  const open = new Set<Promise<void>>();
  const closing = new AbortController();
  const track = (work: Promise<void>): Promise<void> => {
    const tracked = work.finally(() => open.delete(tracked));
    open.add(tracked);
    return tracked;
  };
  const parts = { ...deps, closing: closing.signal, linger: (work: Promise<void>) => void track(work) };
  return {
    carryOut: (asked) => track(carryOut(asked, parts)),
    async drain(graceMs) {
      closing.abort();
      deps.turns.close();
      await settled(open, graceMs);
      deps.turns.abort();
      await settled(open, lastWordMs);
    },
  };
}

async function settled(open: ReadonlySet<Promise<void>>, patienceMs: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, patienceMs);
  });
  await Promise.race([Promise.allSettled(open), late]);
  clearTimeout(timer);
}
