import { startOwnMongo } from '../mongo-server.ts';
import { startOwnMysql } from '../mysql-server.ts';
import { startOwnPostgres } from '../postgres-server.ts';
import type { OwnServer } from './lent-server.ts';

const starters: Readonly<Record<string, () => Promise<OwnServer | undefined>>> = {
  postgres: startOwnPostgres,
  mysql: startOwnMysql,
  mongo: startOwnMongo,
};

type Lent = { readonly kind: string; readonly server: OwnServer; isFree: boolean };

/** Lends each server to one borrower at a time, and starts another only when all of its kind are lent. */
export function createServerPool() {
  const all: Lent[] = [];
  return {
    /** The address of a server that holds nothing, or null where this machine has none. */
    async lend(kind: string): Promise<string | null> {
      const free = all.find((one) => one.isFree && one.kind === kind);
      if (free !== undefined) {
        free.isFree = false;
        await free.server.reset();
        return free.server.url;
      }
      const server = await starters[kind]?.();
      if (server === undefined) return null;
      all.push({ kind, server, isFree: false });
      return server.url;
    },
    giveBack(url: string | null): void {
      for (const one of all) if (one.server.url === url) one.isFree = true;
    },
    stop: () => Promise.all(all.map(({ server }) => server.stop())),
  };
}
