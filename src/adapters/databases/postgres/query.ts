import type pg from 'pg';
import type { QueryLimits, ResultRows } from '../../../core/data/database.ts';
import { createResultCollector } from './result-collector.ts';

/** Rows fetched at a time, so that the server computes little more than the cap. */
const batchRows = 500;

/** Bytes that one batch may take beyond the cap, because a single cell can be a gigabyte. */
const wireSlack = 32 * 1024 * 1024;

/** The parts of pg's connection that the extended protocol needs. */
type Wire = {
  readonly stream: NodeJS.EventEmitter & { readonly writable: boolean; destroy(error: Error): void };
  parse(message: { text: string; name: string }): void;
  bind(message: { portal: string; statement: string }): void;
  describe(message: { type: 'P'; name: string }): void;
  execute(message: { portal: string; rows: number }): void;
  close(message: { type: 'P'; name: string }): void;
  flush(): void;
  sync(): void;
};

type Field = { readonly name: string; readonly dataTypeID: number };

/**
 * One statement over the extended protocol, fetched through a portal in batches until a cap of `limits` is reached.
 * Pass it to `client.query`; `done` settles when the connection is ready for the next statement.
 */
export class LimitedQuery {
  readonly done: Promise<ResultRows>;
  readonly #text: string;
  readonly #limits: QueryLimits;
  readonly #collector;
  readonly #started = performance.now();
  #failure: unknown;
  #wire: Wire | undefined;
  #received = 0;
  #resolve: (result: ResultRows) => void = () => {};
  #reject: (error: unknown) => void = () => {};

  constructor(text: string, limits: QueryLimits) {
    this.#text = text;
    this.#limits = limits;
    this.#collector = createResultCollector(limits);
    this.done = new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
  }

  /** Called by pg when it is this statement's turn. */
  submit(connection: pg.Connection): void {
    const wire = connection as unknown as Wire;
    this.#wire = wire;
    wire.stream.on('data', this.#count);
    wire.parse({ text: this.#text, name: '' });
    wire.bind({ portal: '', statement: '' });
    wire.describe({ type: 'P', name: '' });
    this.#fetch(wire);
  }

  handleRowDescription(message: { readonly fields: readonly Field[] }): void {
    this.#collector.fields(message.fields);
  }

  handleDataRow(message: { readonly fields: readonly (string | null)[] }): void {
    this.#collector.add(message.fields);
  }

  /** A batch has ended and there may be more. */
  handlePortalSuspended(): void {
    const wire = this.#wire;
    if (wire === undefined) return;
    if (this.#collector.isFull()) {
      wire.close({ type: 'P', name: '' });
      wire.sync();
    } else this.#fetch(wire);
  }

  handleCommandComplete(): void {
    this.#wire?.sync();
  }

  handleEmptyQuery(): void {
    this.#wire?.sync();
  }

  /** From the server: the connection becomes ready after the sync. From the network: it never will. */
  handleError(error: unknown): void {
    this.#failure ??= error;
    if (this.#wire?.stream.writable) this.#wire.sync();
    this.#finish();
  }

  handleReadyForQuery(): void {
    this.#finish();
  }

  #fetch(wire: Wire): void {
    this.#received = 0;
    wire.execute({ portal: '', rows: batchRows });
    wire.flush();
  }

  readonly #count = (chunk: Buffer): void => {
    this.#received += chunk.length;
    if (this.#received <= this.#limits.maxBytes + wireSlack) return;
    this.#wire?.stream.destroy(new Error('The rows are too large to be received. Select fewer or shorter columns.'));
  };

  #finish(): void {
    this.#wire?.stream.off('data', this.#count);
    if (this.#failure === undefined) this.#resolve(this.#collector.result(performance.now() - this.#started));
    else this.#reject(this.#failure);
  }
}
