import type { Session } from '../../../core/data/database.ts';
import type { RunQuery } from './values.ts';

const enter = `
  SELECT set_config(name, value, true), (SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = $3) AS unbound
  FROM unnest($1::text[], $2::text[]) AS told(name, value)`;

/**
 * Tells the server who asks, as bound values and for this transaction only. Throws for a role that is exempt from
 * row-level security.
 */
export async function enterSession(run: RunQuery, { settings, role }: Session): Promise<void> {
  const told = Object.entries(role === undefined ? settings : { ...settings, role });
  const names = told.map(([name]) => name);
  const values = told.map(([, value]) => value);
  const [first] = await run(enter, [names, values, role ?? null]);
  if (first?.unbound === true) throw new Error(`row-level security does not bind the role ${role}`);
}
