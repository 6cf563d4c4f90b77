import type { Question } from '../base/question.ts';
import type { Reply } from './reply.ts';

/** Where a question comes from and goes back to, as the surface implements it. */
export type Surface = {
  /** Tells whoever brought the question that it is kept. Not before: what is not acknowledged is sent again. */
  acknowledge(): Promise<void>;
  /** Whether this person may be answered here; tells them when not. At once for members. */
  admit(): Promise<boolean>;
  /** Who asks and where, which takes asking: a few seconds at most. Never rejects: unknown people have no rights. */
  question(): Promise<Question>;
  readonly reply: Reply;
};
