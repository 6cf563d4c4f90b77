import type { Arrival, Question } from '../../src/core/base/question.ts';

/** A question as its event brought it. */
export const arrivalOf = (
  { id, text, origin, person, place, askedAt }: Question,
  change: Partial<Arrival> = {},
): Arrival => ({
  id,
  text,
  origin,
  order: { kind: 'ask' },
  caller: { team: person.team, workspace: person.team, enterprise: undefined, user: person.user, maybeExternal: false },
  channel: place.channel,
  thread: place.thread,
  arrivedAt: askedAt,
  ...change,
});
