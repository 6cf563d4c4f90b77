import type { Documents } from '../base/documents.ts';
import { MemoriError } from '../base/errors.ts';
import type { VerifiedQuery } from './verified-query.ts';
import { verifiedQuerySchema } from './verified-query.ts';

/** A query that somebody verified in the chat, in addition to those of the source's file. */
export type SavedQuery = {
  readonly team: string;
  readonly source: string;
  /** The channel it is valid in; undefined when valid everywhere. */
  readonly channel: string | undefined;
  readonly query: VerifiedQuery;
};

/** The saved queries of all workspaces. Errors: those of the store. */
export interface SavedQueries {
  /** The saved queries of a source that are valid in a channel, oldest first. */
  of(team: string, source: string, channel: string): Promise<readonly SavedQuery[]>;
  /** Saves a query, replacing one with the same id. */
  save(saved: SavedQuery): Promise<void>;
  /** Errors: `not_found`. */
  remove(team: string, source: string, id: string): Promise<void>;
}

const idOf = ({ team, source, query }: SavedQuery): string => `${team}/${source}/${query.id}`;

/** Stores saved queries as documents. Rereads them for each question, because another process may have saved one. */
export function createSavedQueries(documents: Documents): SavedQueries {
  const all = async (): Promise<readonly SavedQuery[]> =>
    (await documents.all()).flatMap(({ value }) => {
      const { query, ...rest } = value as SavedQuery;
      const parsed = verifiedQuerySchema.safeParse(query);
      return parsed.success ? [{ ...rest, query: parsed.data }] : [];
    });
  return {
    of: async (team, source, channel) =>
      (await all()).filter(
        (one) => one.team === team && one.source === source && (one.channel === undefined || one.channel === channel),
      ),
    save: (saved) => documents.put(idOf(saved), saved),
    async remove(team, source, id) {
      const found = (await all()).find((one) => one.team === team && one.source === source && one.query.id === id);
      if (found === undefined)
        throw new MemoriError('not_found', `There is no saved query ${JSON.stringify(id)}.`, {
          details: { what: id },
        });
      await documents.delete(idOf(found));
    },
  };
}
