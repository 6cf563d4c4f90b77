import { createHash } from 'node:crypto';
import type { Database, DialectName } from '../../../src/core/data/database.ts';

/** Digests of everything that a statement could have changed. */
export type Fingerprint = {
  /** Rows of every table, by its name. */
  readonly rows: Readonly<Record<string, string>>;
  /** Tables, columns, views, functions, roles, grants, settings, sequences: whatever the engine keeps of itself. */
  readonly catalogue: string;
};

/** A running engine with tables of its own, opened as the product opens it, and by its owner. */
export type LiveEngine = {
  /** With its version. */
  readonly name: string;
  readonly dialect: DialectName;
  /** As the product opens it, by who it is to the engine. */
  readonly databases: Readonly<Record<string, Database>>;
  /** One text as the owner with nothing in between: no guard, no READ ONLY. Throws what the engine throws. */
  asOwner(sql: string): Promise<void>;
  fingerprint(): Promise<Fingerprint>;
  /** The tables as they were made, whatever has become of them. */
  reset(): Promise<void>;
  /** Whether a statement of `databases` that holds this text still runs; undefined where there is nothing to ask. */
  isRunning?(text: string): Promise<boolean>;
  close(): Promise<void>;
};

/** Opens an engine with the tables of a script. A string says in plain words why there is none here. */
export type OpenLiveEngine = (script: string) => Promise<LiveEngine | string>;

export const digest = (value: unknown): string =>
  createHash('sha256')
    .update(JSON.stringify(value, (_, cell) => (typeof cell === 'bigint' ? String(cell) : cell)))
    .digest('hex')
    .slice(0, 16);

/** The same for any order of the rows. */
export const digestRows = (rows: readonly unknown[]): string => digest(rows.map((row) => digest(row)).sort());

/** Owners' statements are ended after this long, where the engine can be told to. Milliseconds. */
export const ownerTimeoutMs = 2_000;

/** For reading a catalogue and for opening. Milliseconds. */
export const openingMs = 60_000;

export const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };
