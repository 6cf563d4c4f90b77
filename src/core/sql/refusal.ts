import { MemoriError } from '../base/errors.ts';

/** Why the guard said no. Stable: tests, metrics and the modal refer to it. */
export type RefusalReason =
  | 'syntax'
  | 'too_long'
  | 'too_deep'
  | 'not_one_statement'
  | 'not_a_read'
  | 'locking'
  | 'unknown_syntax'
  | 'unknown_table'
  | 'unknown_column'
  | 'hidden_column'
  | 'row_policy'
  | 'function'
  | 'operator'
  | 'type'
  | 'setting'
  | 'parameter'
  | 'resource'
  | 'not_reproducible';

/** One objection of the guard. */
export type Refusal = {
  readonly reason: RefusalReason;
  /** The name or the construct at fault, e.g. `pg_sleep`. */
  readonly what: string;
  /** One sentence without the full stop, fit for a modal. */
  readonly message: string;
  /** What to do about it. */
  readonly next?: string;
  /** Byte offset into the SQL, as the parser counts; `checkSql` turns it into characters. */
  readonly location?: number;
};

/** An objection with its byte offset. `checkSql`, which knows the text, turns it into a position. */
export class LocatedRefusal extends MemoriError {
  readonly location: number | undefined;
  readonly refusal: Refusal;

  constructor(refusal: Refusal, position?: number) {
    const { reason, what, message } = refusal;
    super('sql_refused', message, {
      ...(refusal.next === undefined ? {} : { next: refusal.next }),
      details: { reason, what, message, ...(position === undefined ? {} : { position }) },
    });
    this.location = refusal.location;
    this.refusal = refusal;
  }
}

/** Throws `sql_refused` with the objection as its details. */
export function refuse(refusal: Refusal): never {
  throw new LocatedRefusal(refusal);
}

/** Converts a byte offset in the UTF-8 form of `text` to UTF-16 units. */
export function characterOffset(text: string, byteOffset: number): number {
  let bytes = 0;
  let offset = 0;
  for (const character of text) {
    if (bytes >= byteOffset) break;
    const code = character.codePointAt(0) ?? 0;
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
    offset += character.length;
  }
  return offset;
}
