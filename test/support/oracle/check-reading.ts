import type { Catalogue } from '../../../src/core/data/catalogue.ts';
import type { Cell, DialectName } from '../../../src/core/data/database.ts';
import type { SqlSyntax } from '../../../src/core/data/syntax.ts';
import { composeSql } from '../../../src/core/measures/composing/compose-sql.ts';
import { sqlDialects } from '../../../src/core/measures/composing/sql-dialects.ts';
import type { Model } from '../../../src/core/measures/model/model.ts';
import { Unreadable } from '../../../src/core/measures/reading/explore.ts';
import type { Reading } from '../../../src/core/measures/reading/reading.ts';
import { checkSql } from '../../../src/core/sql/check-sql.ts';
import { openPolicy } from '../../../src/core/sql/policy.ts';
import { createSyntax } from '../../../src/wiring/open-database.ts';
import { differenceOf } from './compare-rows.ts';
import type { Engine } from './engines.ts';
import { interpret } from './interpret.ts';
import type { Interpreted } from './interpreted.ts';
import { catalogueOfWorld } from './product-model.ts';
import type { World } from './world.ts';

/** "Today" of every reading: some dates of every world lie after it. */
export const today = '2026-06-01';

export type Checked =
  | { readonly kind: 'not composed' }
  | { readonly kind: 'same' }
  | {
      readonly kind: 'other';
      readonly what: 'rows' | 'error' | 'refused';
      readonly difference: string;
      readonly dialect: DialectName;
      readonly reading: Reading;
      readonly world: World;
      readonly sql: string;
      readonly right: Interpreted;
      readonly given: readonly (readonly Cell[])[] | undefined;
    };

function composed(reading: Reading, model: Model, dialect: DialectName): string | undefined {
  try {
    return composeSql(reading, { model, dialect: sqlDialects[dialect], today });
  } catch (error) {
    if (error instanceof Unreadable) return undefined;
    throw error;
  }
}

const syntaxes = new Map<DialectName, SqlSyntax>();

/** Made once: DuckDB's parser is an engine of its own. */
function syntaxOf(dialect: DialectName): SqlSyntax {
  const syntax = syntaxes.get(dialect) ?? createSyntax(dialect);
  syntaxes.set(dialect, syntax);
  return syntax;
}

const catalogues = new WeakMap<World, Catalogue>();

function catalogueOnce(world: World): Catalogue {
  const catalogue = catalogues.get(world) ?? catalogueOfWorld(world);
  catalogues.set(world, catalogue);
  return catalogue;
}

const interpreted = new WeakMap<Reading, Interpreted>();

/** The same for every engine. */
function rightOf(world: World, reading: Reading): Interpreted {
  const right = interpreted.get(reading) ?? interpret(world, reading, today);
  interpreted.set(reading, right);
  return right;
}

/** Composes a reading, runs it, and compares it with what the independent reader finds. */
export async function checkReading(world: World, model: Model, reading: Reading, engine: Engine): Promise<Checked> {
  const { dialect } = engine;
  const sql = composed(reading, model, dialect);
  if (sql === undefined) return { kind: 'not composed' };
  const right = rightOf(world, reading);
  const other = { kind: 'other' as const, dialect, reading, world, sql, right };
  let given: readonly (readonly Cell[])[];
  try {
    // As in the product: what runs is what the guard has written out.
    const catalogue = catalogueOnce(world);
    const syntax = syntaxOf(dialect);
    const { text } = await checkSql(sql, { catalogue, policy: openPolicy, maxRows: 10_000, dialect, syntax });
    given = await engine.rows(text);
  } catch (error) {
    return { ...other, what: 'error', difference: String(error).split('\n')[0] ?? '', given: undefined };
  }
  if (right.kind === 'refused') return { ...other, what: 'refused', difference: right.why, given };
  const difference = differenceOf(right, given);
  if (difference === undefined) return { kind: 'same' };
  const withZeros = interpret(world, reading, today, 0);
  const other0 = withZeros.kind === 'rows' ? differenceOf(withZeros, given) : difference;
  if (other0 === undefined) return { kind: 'same' };
  return { ...other, what: 'rows', difference: /out of order/.test(other0) ? other0 : difference, given };
}
