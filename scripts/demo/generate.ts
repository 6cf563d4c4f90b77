import { readFile, writeFile } from 'node:fs/promises';
import { PGlite } from '@electric-sql/pglite';
import { readCommandLine } from '../../src/command-line.ts';
import { dumpDatabase } from './dump.ts';
import { describeShop } from './readme.ts';
import { copyText, createShop } from './shop.ts';

const usage = `Makes the demo shop: demo/shop.tar.gz, a PGlite data directory, and demo/README.md. The rows are the same on every run;
the bytes of the archive are not, because PostgreSQL writes times and a system id into its files.

  npm run demo:generate`;
readCommandLine(usage, {});

const demo = new URL('../../demo/', import.meta.url);

async function main(): Promise<void> {
  const db = await PGlite.create();
  await db.exec(await readFile(new URL('schema.sql', import.meta.url), 'utf8'));
  const tables = createShop();
  for (const [table, rows] of tables) {
    await db.query(`COPY ${table} FROM '/dev/blob'`, [], { blob: new Blob([copyText(rows)]) });
  }
  await db.exec(await readFile(new URL('indexes.sql', import.meta.url), 'utf8'));
  const archive = await dumpDatabase(db);
  await writeFile(new URL('shop.tar.gz', demo), archive);
  const counts = new Map([...tables].map(([table, rows]) => [table, rows.length]));
  const megabytes = (archive.length / 1_000_000).toFixed(1);
  await writeFile(new URL('README.md', demo), describeShop(counts, megabytes));
  console.log(`demo/shop.tar.gz: ${megabytes} MB`, Object.fromEntries(counts));
}

await main();
