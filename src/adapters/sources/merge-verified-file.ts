import { isDeepStrictEqual } from 'node:util';
import { isSeq, parseDocument } from 'yaml';
import { MemoriError } from '../../core/base/errors.ts';
import { type VerifiedQuery, verifiedQuerySchema } from '../../core/verified/verified-query.ts';
import { parseVerifiedFile } from './open-verified-file.ts';

/** A file of verified queries after others were added. */
export type MergedFile = {
  /** The new text of the file, comments included. */
  readonly text: string;
  readonly added: readonly VerifiedQuery[];
  /** Queries that the file already had. */
  readonly known: readonly VerifiedQuery[];
};

/**
 * Appends verified queries to a file's text. Errors: `invalid_input` when the file uses an id for another query, and
 * those of `parseVerifiedFile` for the existing text.
 */
export function mergeVerifiedFile(text: string, queries: readonly VerifiedQuery[], file: string): MergedFile {
  const own = new Map(parseVerifiedFile(text, file).map((query) => [query.id, query]));
  const taken = queries.find((query) => own.has(query.id) && !isDeepStrictEqual(own.get(query.id), query));
  if (taken !== undefined)
    throw new MemoriError('invalid_input', `${file} has another query of the id ${JSON.stringify(taken.id)}.`, {
      next: 'Give one of the two another id.',
      details: { what: taken.id },
    });
  const added = queries.filter(({ id }) => !own.has(id));
  const document = parseDocument(text);
  const list = document.get('queries', true);
  if (isSeq(list)) for (const query of added) list.add(document.createNode(withoutDefaults(query)));
  return {
    text: added.length === 0 ? text : document.toString({ lineWidth: 0, flowCollectionPadding: false }),
    added,
    known: queries.filter(({ id }) => own.has(id)),
  };
}

/** Leaves out fields that have their default. */
function withoutDefaults(query: VerifiedQuery): Partial<VerifiedQuery> {
  const { id, title, questions, sql } = query;
  const plain: Partial<VerifiedQuery> = verifiedQuerySchema.parse({ id, title, questions, sql });
  return Object.fromEntries(
    Object.entries(query).filter(
      ([key, value]) =>
        ['id', 'title', 'questions', 'sql'].includes(key) ||
        !isDeepStrictEqual(value, plain[key as keyof VerifiedQuery]),
    ),
  );
}
