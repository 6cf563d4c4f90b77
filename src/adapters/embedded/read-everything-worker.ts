import { Storage } from './storage.ts';

/**
 * A process of its own that reads a whole store and ends with 0. A damaged page may make LMDB end the process that
 * reads it, so it must not be ours.
 */
const storage = new Storage({ folder: process.argv[2] ?? '', freeBytes: () => 0 });
storage.readAll();
await storage.close();
