import { LocatedRefusal, type Refusal } from '../refusal.ts';

/** Refuses with the place in the text it is about, in UTF-16 units. */
export function refuseAt(position: number | undefined, refusal: Refusal): never {
  throw new LocatedRefusal(refusal, position);
}

export const syntaxError = (message: string, position: number | undefined): never =>
  refuseAt(position, { reason: 'syntax', what: 'SQL', message });
