import type { Documents } from './documents.ts';
import { MemoriError } from './errors.ts';
import type { Catalogue } from './sql/catalogue.ts';
import type { DialectName } from './sql/database.ts';

/** The functions that admins have approved in Slack, source by source, beside those of the source files. */
export type FunctionApprovals = {
  /** `schema.function`, sorted; the same list until it changes. */
  of(source: string): readonly string[];
  approve(source: string, name: string): Promise<void>;
  /** False when it was not approved here. */
  revoke(source: string, name: string): Promise<boolean>;
};

/** Reads what is kept. Another process that uses the same store sees a change when it starts again. */
export async function openFunctionApprovals(documents: Documents): Promise<FunctionApprovals> {
  const kept = new Map<string, readonly string[]>();
  for (const { id, value } of await documents.all())
    kept.set(id, (value as { functions: readonly string[] }).functions);
  const put = async (source: string, functions: readonly string[]): Promise<void> => {
    await documents.put(source, { functions });
    kept.set(source, functions);
  };
  const of = (source: string): readonly string[] => kept.get(source) ?? none;
  return {
    of,
    approve: (source, name) => put(source, [...new Set([...of(source), name])].sort()),
    async revoke(source, name) {
      if (!of(source).includes(name)) return false;
      await put(
        source,
        of(source).filter((one) => one !== name),
      );
      return true;
    },
  };
}

const none: readonly string[] = [];

/**
 * Only a function that the database owner made can be approved in Slack, and it is named with its schema, so that it
 * cannot be one of the engine's own that the guard leaves out for a reason. In SQLite and DuckDB nothing tells these
 * apart, so there only the source file approves. Throws `invalid_input`.
 */
export function requireOwnFunction(name: string, dialect: DialectName, { tables }: Catalogue): void {
  const [schema = '', ...rest] = name.split('.');
  const schemas = [...new Set(tables.map((table) => table.schema))];
  const isOwn = (dialect === 'postgres' || dialect === 'mysql') && schemas.includes(schema);
  if (isOwn && rest.length === 1 && /^[a-z_][a-z0-9_$]*$/.test(rest[0] ?? '')) return;
  const message = `A function is approved by its schema and name, such as ${schemas[0] ?? 'public'}.my_function; for ${dialect === 'postgres' || dialect === 'mysql' ? 'others' : dialect} write it into approved_functions of the source file.`;
  throw new MemoriError('invalid_input', message, { details: { what: name, message } });
}
