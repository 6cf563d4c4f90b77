import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { openPglite } from '../../../src/adapters/databases/pglite/database.ts';
import type { CheckedSql } from '../../../src/core/data/database.ts';
import { type LiveEngine, openingMs, silent } from './live-engine.ts';
import { postgresFingerprint } from './postgres-fingerprint.ts';

const limits = { maxRows: 10_000, maxBytes: 50_000_000, maxCellLength: 1_000_000, timeoutMs: openingMs };

/** The embedded PostgreSQL from a dump, as the demo is; its owner works on an engine of the same dump. */
export async function openLivePglite(script: string): Promise<LiveEngine> {
  const folder = mkdtempSync(join(tmpdir(), 'memori-bench-'));
  const dump = join(folder, 'dump.tar');
  const made = await PGlite.create();
  await made.exec(script);
  const data = await made.dumpDataDir('none');
  writeFileSync(dump, Buffer.from(await data.arrayBuffer()));
  await made.close();
  const database = await openPglite({ name: 'embedded', dump, timeoutMs: openingMs, logger: silent });
  const startOwner = () => PGlite.create({ loadDataDir: data });
  let owner = await startOwner();
  return {
    name: 'PGlite',
    dialect: 'postgres',
    databases: { reader: database },
    async asOwner(sql) {
      try {
        await owner.exec(sql);
      } finally {
        // An open transaction would affect the next statement.
        await owner.exec('ROLLBACK').catch(() => undefined);
      }
    },
    /** Of both engines: the product's is asked through its own port, by a text the guard has not seen. */
    async fingerprint() {
      const product = await postgresFingerprint(
        async (text) =>
          (
            await database.query(
              { text, dialect: 'postgres' } as unknown as CheckedSql,
              limits,
              new AbortController().signal,
            )
          ).rows,
      );
      const own = await postgresFingerprint(
        async (text) => (await owner.query<unknown[]>(text, [], { rowMode: 'array' })).rows,
      );
      const rows = Object.entries(own.rows).map(([name, value]) => [`owner ${name}`, value] as const);
      return { rows: { ...product.rows, ...Object.fromEntries(rows) }, catalogue: product.catalogue + own.catalogue };
    },
    async reset() {
      await owner.close().catch(() => undefined);
      owner = await startOwner();
    },
    async close() {
      await database.close();
      await owner.close().catch(() => undefined);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
