import { findSensitive, type Sensitive } from '../sensitive/find-sensitive.ts';
import type { KnownPersons } from './known-persons.ts';

/** What a text holds that must not be kept, if anything. */
export type Screen = (text: string) => Promise<Sensitive | undefined>;

/** By its form first, then by what the databases know. */
export const createScreen =
  (persons?: KnownPersons): Screen =>
  async (text) => {
    const found = findSensitive(text);
    if (found !== undefined) return found;
    return (await persons?.holds(text)) ? { category: 'personal', looksLike: 'a person of the database' } : undefined;
  };
