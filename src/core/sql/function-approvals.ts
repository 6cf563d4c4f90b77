import { type Clock, systemClock } from '../base/clock.ts';
import type { Documents } from '../base/documents.ts';
import { MemoriError } from '../base/errors.ts';
import type { Catalogue } from '../data/catalogue.ts';
import type { DialectName } from '../data/database.ts';

/** The functions that admins approved in Slack, for each source; source files may approve others. */
export type FunctionApprovals = {
  /** `schema.function`, sorted; the same list until it changes. */
  of(source: string): readonly string[];
  /** Rereads what other instances changed, at most every two seconds. When it cannot, nothing counts as approved. */
  refresh(): Promise<void>;
  approve(source: string, name: string): Promise<void>;
  /** False when it was not approved in Slack. */
  revoke(source: string, name: string): Promise<boolean>;
};

/** How long a function that another process revoked may still be called. Milliseconds. */
const freshMs = 2_000;

/** Reads the stored approvals. */
export async function openFunctionApprovals(
  documents: Documents,
  clock: Clock = systemClock,
): Promise<FunctionApprovals> {
  let kept: ReadonlyMap<string, readonly string[]> = new Map();
  let readAt = Number.NEGATIVE_INFINITY;
  const of = (source: string): readonly string[] => kept.get(source) ?? none;
  async function read(): Promise<void> {
    const found = (await documents.all()).map(({ id, value }) => {
      const { functions } = value as { readonly functions: readonly string[] };
      return [id, sameList(of(id), functions) ? of(id) : functions] as const;
    });
    kept = new Map(found);
    readAt = clock.now().getTime();
  }
  async function put(source: string, functions: readonly string[]): Promise<void> {
    await documents.put(source, { functions });
    await read();
  }
  await read();
  return {
    of,
    async refresh() {
      if (clock.now().getTime() - readAt < freshMs) return;
      await read().catch(() => {
        kept = new Map();
      });
    },
    async approve(source, name) {
      await read();
      await put(source, [...new Set([...of(source), name])].sort());
    },
    async revoke(source, name) {
      await read();
      if (!of(source).includes(name)) return false;
      await put(
        source,
        of(source).filter((one) => one !== name),
      );
      return true;
    },
  };
}

const sameList = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((item, at) => item === b[at]);

const none: readonly string[] = [];

/**
 * Throws `invalid_input` unless the database's owner made the function. It is named with its schema, so that it cannot
 * be a built-in one that the guard leaves out for a reason. SQLite and DuckDB cannot distinguish the two, so only the
 * source file approves there.
 */
export function requireOwnFunction(name: string, dialect: DialectName, { tables }: Catalogue): void {
  const [schema = '', ...rest] = name.split('.');
  const schemas = [...new Set(tables.map((table) => table.schema))];
  const isOwn = (dialect === 'postgres' || dialect === 'mysql') && schemas.includes(schema);
  if (isOwn && rest.length === 1 && /^[a-z_][a-z0-9_$]*$/.test(rest[0] ?? '')) return;
  const message = `A function is approved by its schema and name, such as ${schemas[0] ?? 'public'}.my_function; for ${dialect === 'postgres' || dialect === 'mysql' ? 'others' : dialect} write it into approved_functions of the source file.`;
  throw new MemoriError('invalid_input', message, { details: { what: name, message } });
}
