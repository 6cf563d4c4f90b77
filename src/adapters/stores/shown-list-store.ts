import type { ShownLists } from '../../core/memory/memories.ts';
import type { Collection, Db } from './collection.ts';
import { requireId } from './require-id.ts';

type ShownDocument = { readonly _id: string; readonly ids: readonly string[]; readonly shownAt: Date };

/** Numbers of a list that was shown longer ago count nothing. Seconds. */
const keptSeconds = 24 * 60 * 60;

const listsOf = (db: Db): Collection<ShownDocument> => db.collection<ShownDocument>('memori_shown_lists');

/** Creates the index by which lists expire. */
export const ensureShownListIndexes = (db: Db): Promise<unknown> =>
  listsOf(db).createIndex({ shownAt: 1 }, { expireAfterSeconds: keptSeconds });

/** The memories that each person was shown last in each place, as ids. */
export function createShownListStore(db: Db): ShownLists {
  const lists = listsOf(db);
  const idOf = (team: string, user: string, channel: string): string =>
    `${requireId(team, 'team')}/${requireId(user, 'user')}/${requireId(channel, 'channel')}`;
  return {
    async put(team, user, channel, ids, shownAt) {
      const _id = idOf(team, user, channel);
      await lists.replaceOne({ _id }, { _id, ids, shownAt }, { upsert: true });
    },
    async get(team, user, channel) {
      return (await lists.findOne({ _id: idOf(team, user, channel) }))?.ids;
    },
  };
}
