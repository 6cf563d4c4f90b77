import { isDeepStrictEqual } from 'node:util';
import { isSeq, parseDocument } from 'yaml';
import { MemoriError } from '../../core/base/errors.ts';
import { type VerifiedQuery, verifiedQuerySchema } from '../../core/verified/verified-query.ts';
import { parseVerifiedFile } from './open-verified-file.ts';

export type MergedFile = {
  /** With its comments, as it is to be written. */
  readonly text: string;
  readonly added: readonly VerifiedQuery[];
  /** Queries it has already. */
  readonly known: readonly VerifiedQuery[];
};

/**
 * A file of verified queries with others behind its own. Errors: `invalid_input` when an id stands for another query there,
 * and those of `parseVerifiedFile` for the text that there is.
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
  if (isSeq(list)) for (const query of added) list.add(document.createNode(written(query)));
  return {
    text: added.length === 0 ? text : document.toString({ lineWidth: 0, flowCollectionPadding: false }),
    added,
    known: queries.filter(({ id }) => own.has(id)),
  };
}

/** Without what goes without saying. */
function written(query: VerifiedQuery): Partial<VerifiedQuery> {
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
