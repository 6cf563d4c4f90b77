import { setTimeout as sleep } from 'node:timers/promises';
import { DuckDBInstance } from '@duckdb/node-api';
import { engineSettings } from '../../files/engine-settings.ts';
import { lockDown } from './lock-down.ts';
import type { DuckdbSource } from './source.ts';

/** Milliseconds that a program that writes to the file is waited for, and between two tries. */
const patience = { whole: 5_000, step: 200 };

const nobody: ReadonlyMap<string, number> = new Map();

/**
 * A database file is open only while a statement runs: DuckDB locks a file that is open, for reading too, and whoever
 * loads the file would wait for us for ever.
 */
export async function openDatabaseFile(path: string): Promise<DuckdbSource> {
  let interrupt = () => {};
  const source: DuckdbSource = {
    async use(work) {
      const instance = await openWhenFree(path);
      try {
        const connection = await instance.connect();
        interrupt = () => connection.interrupt();
        try {
          await lockDown(connection, []);
          return await work({ connection, rowsOf: nobody });
        } finally {
          interrupt = () => {};
          connection.closeSync();
        }
      } finally {
        instance.closeSync();
      }
    },
    interrupt: () => interrupt(),
    understood: () => undefined,
    asOf: () => undefined,
  };
  await source.use(async () => {});
  return source;
}

async function openWhenFree(path: string): Promise<DuckDBInstance> {
  const until = performance.now() + patience.whole;
  for (;;) {
    try {
      return await DuckDBInstance.create(path, { ...engineSettings, access_mode: 'READ_ONLY' });
    } catch (error) {
      if (!isLocked(error)) throw error;
      if (performance.now() > until)
        throw new Error('another program has the file open for writing. Ask again when it is done.');
      await sleep(patience.step);
    }
  }
}

const isLocked = (error: unknown): boolean => /lock/i.test(error instanceof Error ? error.message : String(error));
