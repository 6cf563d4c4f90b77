import type { Session } from '../../data/database.ts';
import type { PersonFacts } from '../policy.ts';
import { refuseUnknown } from '../shield/bind-shield.ts';

/**
 * The session settings for this person. Refuses a person of whom a required fact is not known, as a row policy does.
 */
export function bindSession({ settings, role }: Session, person: PersonFacts): Session {
  const bind = (name: string, value: string): string =>
    value.startsWith(':') ? factOf(person, value.slice(1), name) : value;
  return {
    settings: Object.fromEntries(Object.entries(settings).map(([name, value]) => [name, bind(name, value)])),
    role: role === undefined ? undefined : bind('session_role', role),
  };
}

function factOf(person: PersonFacts, fact: string, what: string): string {
  const value = Object.hasOwn(person, fact) ? person[fact] : undefined;
  return value ?? refuseUnknown(fact, person, { what, shown: 'what the database shows you' });
}
