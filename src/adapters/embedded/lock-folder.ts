import { randomUUID } from 'node:crypto';
import { readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { z } from 'zod';
import { MemoriError } from '../../core/base/errors.ts';
import { errorCode } from '../stores/error-code.ts';
import { processIdentity } from './process-identity.ts';

/** The lock that this process holds. */
export type FolderLock = {
  /** The former owner ended without releasing the lock: it was killed, or the machine went down. */
  readonly tookOver: boolean;
  release(): void;
};

const ownerSchema = z.object({ pid: z.int(), identity: z.string(), host: z.string(), token: z.string() });
type Owner = z.infer<typeof ownerSchema>;

/** How often the owner touches the file, so that another machine or container on the same volume sees it alive. */
const heartbeatMs = 5_000;
const silentMs = 4 * heartbeatMs;

/**
 * Allows one process for one folder. A lock whose owner is gone is taken over: on this host that is decided by pid and
 * start time, on another by 20 s of silence.
 * Errors: `store_locked` naming the folder and the owner.
 */
export function lockFolder(folder: string): FolderLock {
  const path = `${folder}/memori.lock`;
  const me: Owner = {
    pid: process.pid,
    identity: processIdentity(process.pid) ?? 'unknown',
    host: hostname(),
    token: randomUUID(),
  };
  const tookOver = !create(path, me);
  if (tookOver) takeOver(folder, path, me);
  const heartbeat = setInterval(() => touch(path), heartbeatMs);
  heartbeat.unref();
  return {
    tookOver,
    release: () => {
      clearInterval(heartbeat);
      if (readOwner(path)?.token === me.token) rmSync(path, { force: true });
    },
  };
}

/** False when there is a lock already. */
function create(path: string, me: Owner): boolean {
  try {
    writeFileSync(path, JSON.stringify(me), { flag: 'wx' });
    return true;
  } catch (error) {
    if (errorCode(error) === 'EEXIST') return false;
    throw error;
  }
}

/** When two processes find the same stale lock, the last to rename wins and the other notices. */
function takeOver(folder: string, path: string, me: Owner): void {
  const owner = readOwner(path);
  if (isAlive(path, owner)) throw locked(folder, owner);
  const mine = `${path}.${me.token}`;
  writeFileSync(mine, JSON.stringify(me));
  renameSync(mine, path);
  const winner = readOwner(path);
  if (winner?.token !== me.token) throw locked(folder, winner);
}

function isAlive(path: string, owner: Owner | undefined): boolean {
  const silent = Date.now() - (statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0) > silentMs;
  if (owner === undefined || owner.host !== hostname()) return !silent;
  return processIdentity(owner.pid) === owner.identity;
}

/** Undefined: the file is gone, damaged, or being written at this moment. */
function readOwner(path: string): Owner | undefined {
  try {
    return ownerSchema.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch {
    return undefined;
  }
}

function touch(path: string): void {
  try {
    const now = new Date();
    utimesSync(path, now, now);
  } catch {
    // A folder that was removed shows up at the next write.
  }
}

function locked(folder: string, owner: Owner | undefined): MemoriError {
  const who = owner ? `process ${owner.pid}${owner.host === hostname() ? '' : ` on ${owner.host}`}` : 'another process';
  return new MemoriError('store_locked', `The store in ${folder} is in use by ${who}.`, {
    details: { folder, pid: owner?.pid ?? 0 },
    next: 'Stop that process, or give this one a folder of its own. After a crash on another host the lock frees itself within 20 seconds.',
  });
}
