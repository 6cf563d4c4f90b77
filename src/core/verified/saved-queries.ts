import type { Documents } from '../base/documents.ts';
import { MemoriError } from '../base/errors.ts';
import type { VerifiedQuery } from './verified-query.ts';
import { verifiedQuerySchema } from './verified-query.ts';

/** A query that somebody vouched for in the chat, beside those of the source's file. */
export type SavedQuery = {
  readonly team: string;
  readonly source: string;
  /** Holds in this channel only; undefined: wherever the source is asked. */
  readonly channel: string | undefined;
  readonly query: VerifiedQuery;
};

/** The saved queries of all workspaces. Errors: those of the store. */
export interface SavedQueries {
  /** Those of a source that hold in a channel, oldest first. */
  of(team: string, source: string, channel: string): Promise<readonly SavedQuery[]>;
  /** One with the same id is replaced. */
  save(saved: SavedQuery): Promise<void>;
  /** Errors: `not_found`. */
  remove(team: string, source: string, id: string): Promise<void>;
}

const idOf = ({ team, source, query }: SavedQuery): string => `${team}/${source}/${query.id}`;

/** Kept as documents, reread for each question: another process may have saved one. */
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
