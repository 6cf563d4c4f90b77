import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { engineSettings } from '../../files/engine-settings.ts';
import { type LoadedFiles, loadFiles } from '../../files/load-files.ts';
import type { FileOptions } from '../../files/options.ts';
import { lockDown } from './lock-down.ts';
import type { DuckdbSource, OpeningProgress } from './source.ts';
import { stampOf } from './stamp.ts';

type Opened = LoadedFiles & {
  readonly instance: DuckDBInstance;
  readonly connection: DuckDBConnection;
  readonly stamp: string;
  readonly readAt: Date;
};

/** Milliseconds: a file that was written so lately may be half written; so long is the new one waited for. */
const patience = { quiet: 1_000, whole: 5_000, step: 100 };

/**
 * Files as tables of a database in memory. When they change, they are read into a second one first, which then takes the
 * place of the first. While they are being written, or cannot be read, the first still answers and says of when it is.
 */
export async function openTableFiles(
  path: string,
  files: Readonly<Record<string, FileOptions>>,
  progress: OpeningProgress,
): Promise<DuckdbSource> {
  let opened = await open(path, files, progress);
  let tried = opened.stamp;
  let renewing: Promise<void> | undefined;

  async function renew(): Promise<void> {
    const stamp = await quietStamp(path);
    if (stamp === undefined || stamp === opened.stamp) return;
    tried = stamp;
    const next = await open(path, files, () => {});
    if (next.stamp !== stampOf(path).text || losesTables(opened, next, path)) return close(next);
    const old = opened;
    opened = next;
    close(old);
  }

  return {
    async use(work) {
      const stamp = stampNow(path);
      if (stamp !== opened.stamp && (stamp !== tried || renewing !== undefined)) {
        renewing ??= renew()
          // What is wrong with the new files is found again when they change; until then the old ones answer.
          .catch(() => {})
          .finally(() => {
            renewing = undefined;
          });
        await Promise.race([renewing, sleep(patience.whole)]);
      }
      requireViews(opened, path);
      return work(opened);
    },
    interrupt: () => opened.connection.interrupt(),
    understood: () => opened.understood,
    asOf: () => (stampNow(path) === opened.stamp ? undefined : opened.readAt.toISOString()),
  };
}

/** What statements read from the files themselves cannot be answered from what they were. */
function requireViews({ read, stamp }: Opened, path: string): void {
  const now = stampNow(path)?.split('\n') ?? [];
  const changed = read.find((file) =>
    stamp.split('\n').some((line) => line.startsWith(`${file} `) && !now.includes(line)),
  );
  if (changed !== undefined)
    throw new Error(`${basename(changed)} is being written or cannot be read. Ask again in a moment.`);
}

/** Undefined where the files are gone: the old ones answer. */
function stampNow(path: string): string | undefined {
  try {
    return stampOf(path).text;
  } catch {
    return undefined;
  }
}

/** What the files are once nobody has written to them for a moment; undefined when they do not come to rest. */
async function quietStamp(path: string): Promise<string | undefined> {
  const until = performance.now() + patience.whole;
  while (performance.now() < until) {
    const { text, writtenAt } = stampOf(path);
    const age = Date.now() - writtenAt;
    if (age > patience.quiet || age < 0) return text;
    await sleep(patience.step);
  }
  return undefined;
}

/** A file that was a table is still there and is none any more: it is broken or half written. */
const losesTables = (old: Opened, next: Opened, path: string): boolean => {
  const now = new Set(next.understood.tables.flatMap(({ files }) => files));
  return old.understood.tables.some(({ files }) =>
    files.some((file) => !now.has(file) && existsSync(join(path, file))),
  );
};

async function open(
  path: string,
  files: Readonly<Record<string, FileOptions>>,
  progress: OpeningProgress,
): Promise<Opened> {
  const { text: stamp } = stampOf(path);
  const readAt = new Date();
  const instance = await DuckDBInstance.create(':memory:', engineSettings);
  try {
    const connection = await instance.connect();
    const loaded = await loadFiles(connection, path, { files, progress });
    await lockDown(connection, loaded.read);
    return { ...loaded, instance, connection, stamp, readAt };
  } catch (error) {
    instance.closeSync();
    throw error;
  }
}

function close({ connection, instance }: Opened): void {
  connection.closeSync();
  instance.closeSync();
}
