import { LocatedRefusal, type Refusal } from '../refusal.ts';

/** Refuses with a position in the text, in UTF-16 units. */
export function refuseAt(position: number | undefined, refusal: Refusal): never {
  throw new LocatedRefusal(refusal, position);
}

/** Refuses text that is not the dialect's SQL. */
export const syntaxError = (message: string, position: number | undefined): never =>
  refuseAt(position, { reason: 'syntax', what: 'SQL', message });
