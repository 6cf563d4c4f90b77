import type { Viewer } from '../../src/core/memory/memories.ts';
import type { Memory } from '../../src/core/memory/memory.ts';

/** A conversation with questions, as every format is converted to. */
export type Conversation = {
  readonly id: string;
  readonly turns: readonly {
    readonly id: string;
    readonly session: string;
    readonly speaker: string;
    readonly text: string;
    readonly at: Date | undefined;
  }[];
  readonly questions: readonly {
    readonly text: string;
    readonly category: string;
    readonly evidence: readonly string[];
  }[];
  /** Who asks, and the memory of each turn. When absent, the turns were said in a channel. */
  readonly as?: { readonly viewer: Viewer; readonly kept: readonly Memory[] };
};
