import type { Clock } from '../base/clock.ts';
import { isMemoriError } from '../base/errors.ts';
import type { Logger } from '../base/logger.ts';
import type { KnownPersons } from '../memory/known-persons.ts';
import { checkSql } from '../sql/check-sql.ts';
import { openPolicy } from '../sql/policy.ts';
import { quotedName } from '../sql/shield/mask-expression.ts';
import { tableSql } from '../sql/shield/shield-sql.ts';
import { type PersonColumns, personColumns } from './person-columns.ts';
import { keysInText, keysOfValue } from './person-keys.ts';
import type { Source } from './source.ts';

/** Of one column. What is beyond is not known: no error. */
const limits = { maxRows: 20_000, maxBytes: 4_000_000, maxCellLength: 200, timeoutMs: 3_000 };
/** Of all columns of all sources. */
const mostKeys = 300_000;
/** Milliseconds after which the values are read again, behind a lesson. */
const keptMs = 60 * 60 * 1000;

export type DatabasePersonsOptions = {
  readonly sources: readonly Pick<Source, 'name' | 'database' | 'syntax' | 'policy' | 'catalogue'>[];
  /** A keyed hash: values themselves are not kept. The key lives as long as the process. */
  readonly digest: (value: string) => string;
  readonly clock: Clock;
  readonly logger: Logger;
};

/**
 * Persons by the values of columns that name them, kept as hashes. The product reads these itself, under the guard and
 * within limits; nothing that is read is shown to anybody. A source that cannot be read is not known, and the log says so.
 */
export function createDatabasePersons({ sources, digest, clock, logger }: DatabasePersonsOptions): KnownPersons {
  let known: { readonly keys: Promise<ReadonlySet<string>>; readonly readAt: number } | undefined;

  async function read(): Promise<ReadonlySet<string>> {
    const keys = new Set<string>();
    for (const source of sources) {
      try {
        const catalogue = await source.catalogue(new AbortController().signal);
        for (const columns of personColumns(catalogue, source.policy, source.database.dialect))
          for (const values of await valuesOf(source, columns))
            for (const key of keysOfValue(values, columns.kind)) if (keys.size < mostKeys) keys.add(digest(key));
      } catch (error) {
        logger.warn(`The persons in ${source.name} could not be read: memories are not compared with them.`, {
          error: String(error),
        });
      }
    }
    return keys;
  }

  const keysNow = (): Promise<ReadonlySet<string>> => {
    const now = clock.now().getTime();
    if (known !== undefined && now - known.readAt < keptMs) return known.keys;
    const keys = read();
    const before = known?.keys;
    known = { keys, readAt: now };
    // The old ones still hold while the new ones are read.
    return before ?? keys;
  };

  return {
    async holds(text) {
      if (sources.length === 0) return false;
      const keys = await keysNow();
      for (const key of keysInText(text)) if (keys.has(digest(key))) return true;
      return false;
    },
  };
}

/** The distinct values of columns, as the product itself: what is hidden from people is what this is about. */
async function valuesOf(
  { database, syntax, catalogue }: DatabasePersonsOptions['sources'][number],
  { table, columns }: PersonColumns,
): Promise<readonly (readonly string[])[]> {
  const { dialect } = database;
  const signal = new AbortController().signal;
  const names = columns.map((name) => quotedName(name, dialect)).join(', ');
  try {
    const sql = await checkSql(`SELECT DISTINCT ${names} FROM ${tableSql(table, dialect)} LIMIT ${limits.maxRows}`, {
      catalogue: await catalogue(signal),
      policy: openPolicy,
      maxRows: limits.maxRows,
      dialect,
      syntax,
    });
    const { rows } = await database.query(sql, limits, signal);
    return rows.map((row) => row.map((cell) => (cell === null ? '' : String(cell))));
  } catch (error) {
    if (isMemoriError(error)) return [];
    throw error;
  }
}
