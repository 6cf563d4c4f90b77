import type { Person } from '../../src/core/base/namespace.ts';

/** Somebody of the team, with no rights of her own. */
export const ada: Person = {
  team: 'T1',
  user: 'U1',
  name: 'Ada',
  locale: 'en',
  timeZone: 'UTC',
  external: false,
  admin: false,
};
