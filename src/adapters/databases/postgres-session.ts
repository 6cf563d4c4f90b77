import type { Session } from '../../core/sql/database.ts';
import type { RunQuery } from './postgres-values.ts';

/** Tells the server who asks, as bound values and for the transaction under way only, so that nothing of it outlives it. */
export async function enterSession(run: RunQuery, { settings, role }: Session): Promise<void> {
  const told = Object.entries(role === undefined ? settings : { ...settings, role });
  await run('SELECT set_config(name, value, true) FROM unnest($1::text[], $2::text[]) AS told(name, value)', [
    told.map(([name]) => name),
    told.map(([, value]) => value),
  ]);
}
