/**
 * Reads a store whose pages are damaged, and prints the code of the error. A process of its own because LMDB writes to
 * stderr itself, past everything a test could listen to. Argument: folder.
 */
import { openEmbedded } from '../../src/adapters/embedded/open-embedded.ts';

const [folder = ''] = process.argv.slice(2);
const read = async (): Promise<string> => {
  const store = await openEmbedded({ folder, logger: { info: () => {}, warn: () => {}, error: () => {} } });
  return `${(await store.db.collection('memori_things').find({}).toArray()).length} things`;
};
console.log(await read().catch((error: { code?: string }) => error.code));
process.exit(0);
