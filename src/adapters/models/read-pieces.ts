import type { Usage } from '../../core/model/model.ts';
import { isRepeating } from '../../core/model/repetition.ts';
import type { Deadlines } from './model-deadlines.ts';

/** A piece of a streamed answer, whatever the protocol. */
export type Piece = {
  readonly text?: string;
  /** A thought, whose text is ignored. Empty when the model only reports that it thinks. */
  readonly thought?: string;
  readonly refusal?: string;
  readonly finish?: 'end' | 'length' | 'refusal' | 'context' | undefined;
  /** The exact model, if the server names it. */
  readonly model?: string | undefined;
  readonly usage?: Usage | undefined;
  /** The usage so far; the input is known before the answer. */
  readonly started?: Usage;
};

/** Everything that was received, and how it ended; undefined when it broke off or a limit ended it. */
export type Collected = {
  readonly text: string;
  /** Characters of thoughts. */
  readonly thoughts: number;
  readonly refusal: string;
  readonly finish: 'end' | 'length' | 'refusal' | 'context' | 'loop' | undefined;
  readonly model: string | undefined;
  readonly usage: Usage | undefined;
  readonly started: Usage | undefined;
  /** The error that the stream threw. */
  readonly error?: unknown;
};

/** The text is checked for loops each time this much more has arrived. Characters. */
const lookEvery = 200;

/** Reads a stream until it ends, a limit passes, or it only repeats itself. Never throws. */
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
      // Leaving the stream may throw, because its connection is closed.
      deadlines.end();
      return collected;
    }
  } catch (error) {
    return { ...collected, error };
  }
  return collected;
}
