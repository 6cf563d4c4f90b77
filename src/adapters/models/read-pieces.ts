import type { Usage } from '../../core/model/model.ts';
import { isRepeating } from '../../core/model/repetition.ts';
import type { Deadlines } from './model-deadlines.ts';

/** A piece of a streamed answer, whatever the protocol. */
export type Piece = {
  readonly text?: string;
  /** It thinks; what it thinks is not read. Empty: it says no more than that it still does. */
  readonly thought?: string;
  readonly refusal?: string;
  readonly finish?: 'end' | 'length' | 'refusal' | 'context' | undefined;
  /** The exact model, when the server names it. */
  readonly model?: string | undefined;
  readonly usage?: Usage | undefined;
  /** The usage so far: what the input took is known before the answer. */
  readonly started?: Usage;
};

/** Everything that came, and how it ended; `undefined`: it broke off, or was ended by a limit. */
export type Collected = {
  readonly text: string;
  /** Characters of thoughts, and of refusals. */
  readonly thoughts: number;
  readonly refusal: string;
  readonly finish: 'end' | 'length' | 'refusal' | 'context' | 'loop' | undefined;
  readonly model: string | undefined;
  readonly usage: Usage | undefined;
  readonly started: Usage | undefined;
  /** What the stream itself threw. */
  readonly error?: unknown;
};

/** A loop is looked for whenever so much more has come. Characters. */
const lookEvery = 200;

/** Reads a stream to its end, to a limit, or to where it only repeats itself. Never throws. */
export async function readPieces(pieces: AsyncIterable<Piece>, deadlines: Deadlines): Promise<Collected> {
  let collected: Collected = {
    text: '',
    thoughts: 0,
    refusal: '',
    finish: undefined,
    model: undefined,
    usage: undefined,
    started: undefined,
  };
  let looked = 0;
  try {
    for await (const piece of pieces) {
      if (piece.thought !== undefined) deadlines.thought();
      if (piece.text) deadlines.word();
      collected = {
        text: collected.text + (piece.text ?? ''),
        thoughts: collected.thoughts + (piece.thought?.length ?? 0),
        refusal: collected.refusal + (piece.refusal ?? ''),
        finish: piece.finish ?? collected.finish,
        model: collected.model ?? piece.model,
        usage: piece.usage ?? collected.usage,
        started: piece.started ?? collected.started,
      };
      if (collected.text.length - looked < lookEvery) continue;
      looked = collected.text.length;
      if (!isRepeating(collected.text)) continue;
      collected = { ...collected, finish: 'loop' };
      // Leaving the stream may throw: its connection is closed.
      deadlines.end();
      return collected;
    }
  } catch (error) {
    return { ...collected, error };
  }
  return collected;
}
