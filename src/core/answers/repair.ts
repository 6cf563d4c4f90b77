import type { MemoriError } from '../base/errors.ts';
import type { Catalogue } from '../data/catalogue.ts';
import { likelyColumns } from '../sql/likely-columns.ts';
import { nearestNames } from '../sql/nearest-names.ts';
import type { Repair } from './outcome.ts';
import type { Failure } from './prompt/writing.ts';

/** What the model is told about a rejected statement. `catalogue`: what the model may see. */
export function failureOf(error: MemoriError, sql: string, catalogue: Catalogue): Failure {
  const { reason, code, position, hint, message } = error.details;
  const ran = typeof error.details.sql === 'string' ? error.details.sql : sql;
  const said = [error.next, hint, perhaps(error, sql, catalogue)].filter(Boolean).join(' ');
  return {
    sql,
    class: String(reason ?? code ?? error.code),
    message: String(message ?? error.message),
    ...(said === '' ? {} : { hint: said }),
    ...(typeof position === 'number' ? { at: spanAt(ran, position) } : {}),
  };
}

/** Columns that the guard does not suggest: in other tables, or with longer names. */
function perhaps({ details }: MemoriError, sql: string, catalogue: Catalogue): string {
  if (details.reason !== 'unknown_column') return '';
  const found = likelyColumns(String(details.what), sql, catalogue);
  return found.length === 0 ? '' : `Perhaps: ${found.join(', ')}.`;
}

/** An excerpt with the error marked: `… SELECT »amout« FROM orders …`. */
function spanAt(sql: string, position: number): string {
  const token = /^(?:"[^"]*"|[\p{L}\p{N}_$.]+|\S?)/u.exec(sql.slice(position))?.[0] ?? '';
  const after = position + token.length;
  return `${sql.slice(Math.max(position - 40, 0), position)}»${token}«${sql.slice(after, after + 40)}`;
}

const kinds: Readonly<Record<string, Repair['kind']>> = {
  unknown_column: 'column',
  hidden_column: 'column',
  unknown_table: 'table',
  function: 'function',
};

/** What was fixed, for people: `column amout → amount`, or the text of the objection. */
export function repairOf({ details, message }: MemoriError, before: string, after: string): Repair {
  const kind = kinds[String(details.reason)] ?? 'other';
  if (kind === 'other') return { kind, from: String(details.message ?? message), to: undefined };
  const from =
    String(details.what ?? '')
      .split('.')
      .at(-1) ?? '';
  const known = new Set(namesIn(before));
  const added = namesIn(after).filter((name) => !known.has(name));
  return { kind, from, to: nearestNames(from, added)[0] };
}

/** The identifiers of a statement. Also words in strings and comments, which is harmless here. */
const namesIn = (sql: string): readonly string[] => sql.match(/[\p{L}_][\p{L}\p{N}_]*/gu) ?? [];
