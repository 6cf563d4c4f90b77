import { createHmac, randomBytes } from 'node:crypto';
import { createDatabasePersons, type DatabasePersonsOptions } from '../core/answers/database-persons.ts';
import type { KnownPersons } from '../core/memory/known-persons.ts';

/** Characters of a hash that are kept: enough that two of some hundred thousand never meet by chance. */
const kept = 16;

/** Whom the databases know, hashed with a key of this process that is written nowhere. */
export function openPersons(
  sources: DatabasePersonsOptions['sources'],
  ops: Pick<DatabasePersonsOptions, 'clock' | 'logger'>,
): KnownPersons {
  const key = randomBytes(32);
  const digest = (value: string): string => createHmac('sha256', key).update(value).digest('base64').slice(0, kept);
  return createDatabasePersons({ sources, digest, clock: ops.clock, logger: ops.logger });
}
