import { DuckDBInstance } from '@duckdb/node-api';
import { PGlite } from '@electric-sql/pglite';
import mysql from 'mysql2/promise';
import sqlite from 'node-sqlite3-wasm';
import pg from 'pg';
import type { Cell, DialectName } from '../../../src/core/data/database.ts';
import { startMysqlServer } from '../mysql-server.ts';
import { tableScript } from './table-script.ts';
import type { World } from './world.ts';

/** A database that runs composed SQL as it stands. */
export type Engine = {
  readonly dialect: DialectName;
  /** Puts the world's tables in the place of the ones before. */
  load(world: World): Promise<void>;
  rows(sql: string): Promise<readonly (readonly Cell[])[]>;
  close(): Promise<void>;
};

const day = (value: Date): string => value.toISOString().slice(0, 10);

/** What engines give for one cell, as all of them would write it. */
function cellOf(value: unknown): Cell {
  if (value === null || value === undefined) return null;
  if (value instanceof Date) return day(value);
  if (typeof value === 'bigint') return Number(value);
  if (typeof value === 'object') return String(value);
  return value as Cell;
}
const cells = (rows: readonly (readonly unknown[])[]): readonly (readonly Cell[])[] =>
  rows.map((row) => row.map(cellOf));

async function openPglite(): Promise<Engine> {
  const engine = await PGlite.create();
  const parsers = { 1082: (text: string) => text, 1114: (text: string) => text };
  return {
    dialect: 'postgres',
    load: async (world) => void (await engine.exec(tableScript(world, 'postgres'))),
    rows: async (sql) => cells((await engine.query<unknown[]>(sql, [], { rowMode: 'array', parsers })).rows),
    close: () => engine.close(),
  };
}

async function openPostgres(url: string): Promise<Engine> {
  const client = new pg.Client(url);
  await client.connect();
  const types = {
    getTypeParser: (id: number) => (id === 1082 || id === 1114 ? (text: string) => text : pg.types.getTypeParser(id)),
  };
  return {
    dialect: 'postgres',
    load: async (world) => void (await client.query(tableScript(world, 'postgres'))),
    rows: async (sql) =>
      cells((await client.query({ text: sql, rowMode: 'array', types } as pg.QueryArrayConfig)).rows),
    close: () => client.end(),
  };
}

async function openSqlite(): Promise<Engine> {
  const engine = new sqlite.Database(':memory:');
  return {
    dialect: 'sqlite',
    load: async (world) => engine.exec(tableScript(world, 'sqlite')),
    async rows(sql) {
      const statement = engine.prepare(sql);
      try {
        return cells(
          (statement.all([], { expand: false }) as unknown as Record<string, unknown>[]).map((row) =>
            Object.values(row),
          ),
        );
      } finally {
        statement.finalize();
      }
    },
    close: async () => engine.close(),
  };
}

async function openDuckdb(): Promise<Engine> {
  const instance = await DuckDBInstance.create(':memory:', { threads: '1' });
  const connection = await instance.connect();
  return {
    dialect: 'duckdb',
    load: async (world) => void (await connection.run(tableScript(world, 'duckdb'))),
    rows: async (sql) => cells((await connection.runAndReadAll(sql)).getRows()),
    async close() {
      connection.closeSync();
      instance.closeSync();
    },
  };
}

async function openMysql(): Promise<Engine | undefined> {
  const server = await startMysqlServer();
  if (server === undefined) return undefined;
  const connection = await mysql.createConnection({ uri: server.url, multipleStatements: true, dateStrings: true });
  return {
    dialect: 'mysql',
    load: async (world) => void (await connection.query(tableScript(world, 'mysql'))),
    async rows(sql) {
      const [rows] = await connection.query({ sql, rowsAsArray: true });
      return cells(rows as unknown[][]);
    },
    async close() {
      await connection.end();
      await server.stop();
    },
  };
}

/** The engine of a dialect; undefined where there is none on this machine. */
export async function openEngine(dialect: DialectName): Promise<Engine | undefined> {
  switch (dialect) {
    case 'postgres':
      return process.env.POSTGRES_TEST_URI ? openPostgres(process.env.POSTGRES_TEST_URI) : openPglite();
    case 'sqlite':
      return openSqlite();
    case 'duckdb':
      return openDuckdb();
    case 'mysql':
      return openMysql();
  }
}
