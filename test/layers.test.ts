import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { drawLayers } from '../scripts/layers/draw-layers.ts';
import { findForbiddenImports } from '../scripts/layers/find-forbidden-imports.ts';
import { layers } from '../scripts/layers/layers.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const src = join(root, 'src');
const sourceFiles = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter((file) => /\.tsx?$/.test(file));

/** One import that must fail for each folder of `src`, written down apart from the rules. */
const planted: Readonly<Record<string, string>> = {
  'core/planted.ts': './conversation/turns.ts',
  'core/base/planted.ts': '../language/tokens.ts',
  'core/language/planted.ts': '../data/catalogue.ts',
  'core/vectors/planted.ts': '../memory/memory.ts',
  'core/data/planted.ts': '../sql/check-sql.ts',
  'core/model/planted.ts': '../budget/ledger.ts',
  'core/budget/planted.ts': '../answers/outcome.ts',
  'core/texts/planted.ts': '../answers/outcome.ts',
  'core/charts/planted.ts': 'echarts/core',
  'core/sql/planted.ts': '../verified/matcher.ts',
  'core/sql/postgres/planted.ts': '../duckdb/tree.ts',
  'core/sql/mysql/planted.ts': '../postgres/tree.ts',
  'core/sql/sqlite/planted.ts': '../mysql/dialect.ts',
  'core/sql/duckdb/planted.ts': '../postgres/scope.ts',
  'core/memory/planted.ts': '../sql/check-sql.ts',
  'core/sensitive/planted.ts': '../memory/memory.ts',
  'core/verified/planted.ts': '../measures/create-measures.ts',
  'core/measures/planted.ts': '../verified/matcher.ts',
  'core/measures/model/planted.ts': '../lexicon/lexicon.ts',
  'core/measures/lexicon/planted.ts': '../reading/reading.ts',
  'core/measures/reading/planted.ts': '../composing/compose-sql.ts',
  'core/measures/composing/planted.ts': '../describing/chips.ts',
  'core/measures/describing/planted.ts': '../decide.ts',
  'core/answers/planted.ts': '../conversation/turns.ts',
  'core/conversation/planted.ts': '../../wiring/closing.ts',
  'adapters/stores/planted.ts': '../mongodb/open-mongodb.ts',
  'adapters/mongodb/planted.ts': '../embedded/open-embedded.ts',
  'adapters/embedded/planted.ts': '../mongodb/open-mongodb.ts',
  'adapters/models/planted.ts': '../anthropic/anthropic-model.ts',
  'adapters/anthropic/planted.ts': 'mongodb',
  'adapters/openai/planted.ts': '../../repository.ts',
  'adapters/processes/planted.ts': '../databases/slots.ts',
  'adapters/transformers/planted.ts': '../stores/open-stores.ts',
  'adapters/sources/planted.ts': '../../config.ts',
  'adapters/files/planted.ts': '../databases/postgres/types.ts',
  'adapters/databases/planted.ts': './postgres/types.ts',
  'adapters/databases/postgres/planted.ts': '../mysql/errors.ts',
  'adapters/databases/pglite/planted.ts': '../sqlite/query.ts',
  'adapters/databases/mysql/planted.ts': '../postgres/types.ts',
  'adapters/databases/sqlite/planted.ts': '@duckdb/node-api',
  'adapters/databases/duckdb/planted.ts': '../postgres/types.ts',
  'adapters/charts/planted.ts': 'express',
  'adapters/csv/planted.ts': 'node:fs',
  'adapters/dates/planted.ts': 'luxon',
  'adapters/logging/planted.ts': '@slack/web-api',
  'adapters/metrics/planted.ts': 'node:http',
  'slack/planted.ts': 'mongodb',
  'playground/planted.ts': '../slack/edge.ts',
  'playground/web/planted.tsx': '../state/cast.ts',
  'http/planted.ts': '../slack/edge.ts',
  'jobs/planted.ts': '@slack/bolt',
  'config/planted.ts': '../wiring/closing.ts',
  'wiring/planted.ts': 'mongodb',
  'planted.ts': 'mongodb',
};

/** The sources as they are, with every planted file beside them. */
function withPlanted<T>(use: (folder: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), 'memori-layers-'));
  try {
    for (const [file, specifier] of Object.entries(planted)) {
      mkdirSync(dirname(join(folder, file)), { recursive: true });
      writeFileSync(
        join(folder, file),
        `import { x } from '${specifier}';\nexport const y = () => import('${specifier}');\n`,
      );
    }
    return use(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

describe('the layers of src', () => {
  it('are kept by every file', () => {
    expect(findForbiddenImports(src, sourceFiles, layers)).toEqual([]);
  });

  it('have a rule for every folder, with one import that must fail', () => {
    const folderOf = (file: string): string => dirname(file);
    expect(Object.keys(planted).map(folderOf).sort()).toEqual(layers.map(({ folder }) => folder).sort());
  });

  it.each(layers.map(({ folder, instead }) => [folder, instead]))(
    'in %s name a planted import and what to do instead',
    (folder, instead) => {
      const file = Object.keys(planted).find((one) => dirname(one) === folder) ?? '';
      const found = withPlanted((copy) => findForbiddenImports(copy, [file], layers));
      // Once where it stands at the top, once where it is loaded on demand.
      expect(found.map(({ line, message }) => [line, message])).toEqual([
        [1, instead],
        [2, instead],
      ]);
    },
  );

  it('are drawn in docs/architecture.md', () => {
    const page = readFileSync(join(root, 'docs/architecture.md'), 'utf8');
    expect(/```mermaid\n([\s\S]*?)\n```/.exec(page)?.[1]).toBe(drawLayers(layers));
  });
});
