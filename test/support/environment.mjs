import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { TestEnvironment } from 'jest-environment-node';

const { resolve } = createRequire(import.meta.url);
const beside = (library, file) => readFileSync(join(dirname(resolve(library)), file));

/**
 * V8 gives the compiled code of a WebAssembly module to every instance in the process, in whichever realm or thread,
 * for as long as somebody holds the module. Each test file starts engines of its own: held here, once for each worker of
 * Jest, an embedded PostgreSQL opens in half the time.
 */
export const held = Promise.all(
  [
    beside('@electric-sql/pglite', 'pglite.wasm'),
    beside('libpg-query', 'libpg-query.wasm'),
    beside('node-sqlite3-wasm', 'node-sqlite3-wasm.wasm'),
  ].map((bytes) => WebAssembly.compile(bytes)),
);

/** onnxruntime-node checks `data instanceof Float32Array` against the host realm; share the host's typed arrays. */
export default class ProductEnvironment extends TestEnvironment {
  constructor(config, context) {
    super(config, context);
    this.global.Float32Array = Float32Array;
    this.global.BigInt64Array = BigInt64Array;
  }
}
