import type { Documents } from '../../core/base/documents.ts';
import type { Db } from './collection.ts';
import { requireId } from './require-id.ts';

/** Values are JSON text: any key is allowed in them, and they come back exactly as JSON gives them. */
type JsonDocument = { readonly _id: string; readonly json: string };

/** A durable map for each `name` (a-z and _), kept in the collection `memori_<name>`. */
export function createDocuments(db: Db, name: string): Documents {
  const documents = db.collection<JsonDocument>(`memori_${name}`);
  return {
    async all() {
      const found = await documents.find({}, { sort: { _id: 1 } }).toArray();
      return found.map(({ _id, json }) => ({ id: _id, value: JSON.parse(json) as unknown }));
    },
    async put(id, value) {
      const _id = requireId(id, 'document id');
      await documents.replaceOne({ _id }, { _id, json: JSON.stringify(value) ?? 'null' }, { upsert: true });
    },
    async delete(id) {
      await documents.deleteMany({ _id: requireId(id, 'document id') });
    },
    async clear() {
      await documents.deleteMany({});
    },
  };
}
