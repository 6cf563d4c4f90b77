import { Storage } from './storage.ts';

/** A process that reads a whole store and exits with 0. On a damaged page LMDB may kill the process that reads it. */
const storage = new Storage({ folder: process.argv[2] ?? '', freeBytes: () => 0 });
storage.readAll();
await storage.close();
