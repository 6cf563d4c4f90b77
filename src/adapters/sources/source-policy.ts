import { randomUUID } from 'node:crypto';
import type { Session } from '../../core/data/database.ts';
import type { SqlPolicy } from '../../core/sql/policy.ts';
import type { SourceFile } from './read-source-file.ts';

/** The guard's policy from a source file. Without a `mask_key`, pseudonyms change with every start. */
export const sourcePolicy = (file: SourceFile): SqlPolicy => ({
  hiddenColumns: file.hidden_columns,
  maskedColumns: file.masked_columns,
  maskKey: file.mask_key ?? randomUUID(),
  rowPolicies: file.row_policies,
  session: sessionOf(file),
  openViews: file.open_views,
  people: file.people,
  approvedFunctions: file.approved_functions,
  writtenAt: file.writtenAt,
});

/** Undefined when the database needs no session settings. */
const sessionOf = ({ session_settings: settings, session_role: role }: SourceFile): Session | undefined =>
  Object.keys(settings).length === 0 && role === undefined ? undefined : { settings, role };
