import type { Catalogue } from '../../data/catalogue.ts';
import type { Database, DialectName, Session } from '../../data/database.ts';
import type { SqlSyntax } from '../../data/syntax.ts';
import { objectionTo } from '../objection-to.ts';
import type { SqlPolicy } from '../policy.ts';
import { invalidPolicy } from '../require-policy-names.ts';

type Reader = { readonly database: Database; readonly syntax: SqlSyntax };

/** Forms of names that mean nothing to the server itself. A dialect that is missing here has no session settings. */
const ownNames: Readonly<Partial<Record<DialectName, { readonly form: RegExp; readonly next: string }>>> = {
  postgres: {
    form: /^[a-z_]\w*(\.[a-z_]\w*)+$/i,
    next: "Write a name with a dot, such as app.region: the others are the server's own.",
  },
  mysql: { form: /^[a-z_][\w.]*$/i, next: 'Write the name of a user variable without its @, such as region.' },
};

/**
 * Refuses session settings that the database cannot take, and a login that is exempt from row-level security, because
 * samples and names are read with the login alone. Errors: `config_invalid` with the line. Throws when the engine
 * cannot be reached.
 */
export async function requireSession(catalogue: Catalogue, policy: SqlPolicy, reader: Reader): Promise<void> {
  const { session } = policy;
  if (session === undefined) return;
  requireNames(session, policy, reader.database.dialect);
  requireBoundLogin(catalogue, policy);
  const error = await objectionTo('SELECT 1', { ...reader, catalogue, policy });
  if (error === undefined) return;
  const said = String(error.details?.message ?? error.message);
  const next = session.role === undefined ? 'Name another setting.' : 'Grant the role to the login, or name another.';
  refuseSession(policy, `the database does not take it: ${said}.`, next);
}

function requireNames({ settings, role }: Session, policy: SqlPolicy, dialect: DialectName): void {
  const own = ownNames[dialect];
  if (own === undefined)
    refuseSession(policy, `${dialect} has no session that its tables could ask.`, 'Use row_policies.');
  const wrong = Object.keys(settings).find((name) => !own.form.test(name));
  if (wrong !== undefined)
    throw invalidPolicy(policy, wrong, `session_settings: ${wrong} is no name of your own.`, own.next);
  if (role !== undefined && dialect === 'mysql')
    refuseSession(policy, 'in mysql a role adds to what the login may do.', 'Use session_settings or row_policies.');
}

function requireBoundLogin({ tables }: Catalogue, policy: SqlPolicy): void {
  const open = tables.find(({ rowSecurity }) => rowSecurity === 'bypassed');
  if (open === undefined) return;
  refuseSession(
    policy,
    `the row-level security of ${open.schema}.${open.name} does not bind the login.`,
    'Log in as a role that is no superuser, has no BYPASSRLS and does not own the table, or FORCE ROW LEVEL SECURITY on it.',
  );
}

/** Names the role rather than the settings, because servers object to the role. */
function refuseSession(policy: SqlPolicy, why: string, next: string): never {
  const key = policy.session?.role === undefined ? 'session_settings' : 'session_role';
  throw invalidPolicy(policy, key, `${key}: ${why}`, `${next} Nothing of this source is read until it is right.`);
}
