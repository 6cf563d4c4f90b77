import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { createPostgresSyntax } from '../src/adapters/databases/postgres/syntax.ts';
import { createChronoDates } from '../src/adapters/dates/chrono-dates.ts';
import { openVerifiedFile, parseVerifiedFile } from '../src/adapters/sources/open-verified-file.ts';
import { readSourceFile } from '../src/adapters/sources/read-source-file.ts';
import { variables } from '../src/config/variables.ts';
import { answerSources, type Outcome } from '../src/core/answers/outcome.ts';
import { errorCodes } from '../src/core/base/errors.ts';
import { metricNames } from '../src/core/base/metrics.ts';
import { upkeepTasks } from '../src/core/memory/upkeep/tasks.ts';
import { parseTemplate } from '../src/core/sql/postgres/bind-sql.ts';
import { serialiseParameters } from '../src/core/verified/parameters.ts';
import type { PreviousMatch } from '../src/core/verified/verified-match.ts';
import { createVerifiedQueries } from '../src/core/verified/verified-queries.ts';
import { parameterSchema, type VerifiedQuery, verifiedQuerySchema } from '../src/core/verified/verified-query.ts';
import { allCommands } from '../src/slack/commands/all-commands.ts';
import { jobNames } from '../src/wiring/run-job.ts';
import { catalogueOfValues } from './support/catalogue.ts';
import { fromSource } from './support/from-source.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const read = (path: string): string => readFileSync(join(root, path), 'utf8');
const filesIn = (folder: string, ending: string): readonly string[] =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith(ending))
    .map((name) => join(folder, name));

const pages: readonly string[] = [
  ...readdirSync(root).filter((name) => name.endsWith('.md')),
  ...filesIn('docs', '.md'),
  'demo/README.md',
  'models/all-MiniLM-L6-v2/README.md',
];
const readmes = ['README.md', 'README.zh-CN.md'] as const;

/** Fenced blocks, with their language in front. */
const codeBlocks = (page: string): readonly string[] => read(page).match(/^```\w+\n[\s\S]*?^```$/gm) ?? [];
/** What a page says, without its code. */
const prose = (page: string): string => read(page).replace(/^ *```[\s\S]*?^ *```$/gm, '');
const headings = (page: string): readonly string[] => prose(page).match(/^#+ .+$/gm) ?? [];
const capture = (text: string, pattern: RegExp): readonly string[] =>
  [...text.matchAll(pattern)].map(([, found = '']) => found);

/** As GitHub makes it of a heading. */
const anchorOf = (heading: string): string =>
  heading
    .replace(/^#+ /, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .replaceAll(' ', '-');

describe('what the code has', () => {
  it('is in the generated pages, which are up to date', () => {
    const generator = [...fromSource, 'scripts/generate-configuration.ts', '--check'];
    expect(execFileSync(process.execPath, generator, { cwd: root, encoding: 'utf8' })).toBe('');
    for (const name of Object.keys(variables)) {
      expect(read('docs/configuration.md')).toContain(`| \`${name}\``);
      expect(read('.env.example')).toContain(`# ${name}=`);
    }
  });

  it.each(allCommands.map(({ usage }) => usage))('%s is in both READMEs', (usage) => {
    for (const page of readmes) expect(read(page)).toContain(`\`${usage}\``);
  });

  it('as jobs is on the page for operators, with its name', () => {
    const inFiles = filesIn('src/jobs', '.ts').flatMap((file) => capture(read(file), /^ {2}name: '([^']+)'/gm));
    expect(jobNames).toEqual(expect.arrayContaining([...inFiles, ...upkeepTasks.map(({ name }) => name)]));
    const [, table = ''] = prose('docs/operations.md').split('## Jobs');
    expect(capture(table.split('\n## ')[0] ?? '', /^\| `([^`]+)` \|/gm)).toEqual(jobNames);
  });

  it.each(Object.keys(metricNames))('as metric %s is on the page for operators', (name) => {
    expect(prose('docs/operations.md')).toContain(`| \`${name}\` |`);
  });

  it('as outcomes and sources is where questions are counted', () => {
    // Typed, so that neither list can miss one.
    const statuses: Readonly<Record<Outcome['status'], true>> = {
      answered: true,
      said: true,
      clarify: true,
      unanswered: true,
      refused: true,
      error: true,
    };
    const [row = ''] = prose('docs/operations.md').match(/^\| `memori_questions_total` .*$/m) ?? [];
    for (const label of [...Object.keys(statuses), ...answerSources, 'none']) {
      expect(metricNames.memori_questions_total).toMatch(new RegExp(`\\b${label}\\b`));
      expect(row).toContain(`\`${label}\``);
    }
  });

  it('as error codes, and only these, has an entry in the runbook', () => {
    expect(capture(prose('docs/runbook.md'), /^### `([a-z_]+)`$/gm)).toEqual([...errorCodes]);
  });

  it('as alerts has an entry in the runbook', () => {
    const keys = filesIn('src', '.ts').flatMap((file) => capture(read(file), /key: ['`]((?:question|slack):[^'`]+)/g));
    expect(keys.length).toBeGreaterThan(2);
    const entries = headings('docs/runbook.md');
    for (const key of keys) expect(entries).toContain(`### \`${key.replace(/\$\{(\w+)\}/, '<$1>')}\``);
    for (const name of capture(read('docs/operations.md'), /- alert: (\w+)/g)) expect(entries).toContain(`### ${name}`);
  });

  it('as variables is all that the container files set', () => {
    const compose = parse(read('compose.yaml')) as { services: { bot: { environment: Record<string, string> } } };
    const image = capture(read('Dockerfile'), /^ENV (.+)$/gm).flatMap((line) => capture(line, /(\w+)=/g));
    const set = [...image, ...Object.keys(compose.services.bot.environment)];
    expect(set).not.toEqual([]);
    for (const name of set) expect(Object.keys(variables)).toContain(name);
  });

  it('in files of verified queries is in the reference', () => {
    const reference = prose('docs/extending.md');
    const types = parameterSchema.options.map(({ shape }) => shape.type.value);
    for (const name of [...Object.keys(verifiedQuerySchema.shape), ...types])
      expect(reference).toContain(`\`${name}\``);
  });
});

describe.each(pages)('%s', (page) => {
  it('links to what is there', () => {
    const targets = [
      ...capture(prose(page), /\]\(([^)\s]+)\)/g),
      ...capture(prose(page), /(?:src|srcset)="([^"]+)"/g),
    ].filter((target) => !/^https?:/.test(target));
    for (const target of targets) {
      const [path = '', anchor] = target.split('#');
      const file = path === '' ? page : join(dirname(page), path);
      expect([target, existsSync(join(root, file))]).toEqual([target, true]);
      if (anchor !== undefined) expect(headings(file).map(anchorOf)).toContain(anchor);
    }
  });

  it('names only scripts, variables and repository files that exist', () => {
    const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
    for (const name of capture(read(page), /npm run (?:-s |--silent )?([a-z][\w:-]*\w)/g)) {
      expect(Object.keys(scripts)).toContain(name);
      const file = /tsx (scripts\/\S+)/.exec(scripts[name] ?? '')?.[1];
      if (file !== undefined) expect([file, existsSync(join(root, file))]).toEqual([file, true]);
    }
    const known = [...Object.keys(variables), 'POSTGRES_TEST_URI', 'MONGODB_TEST_URI', 'MEMORI_READER_PASSWORD'];
    for (const name of capture(prose(page), /`([A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+)(?:=[^`]*)?`/g))
      expect(known).toContain(name);
    for (const file of capture(prose(page), /`((?:src|test|scripts|docs)\/[\w./-]+\.\w+)`/g))
      expect([file, existsSync(join(root, file))]).toEqual([file, true]);
  });
});

it('tests that the page on security quotes exist', () => {
  const rows = [...prose('docs/security.md').matchAll(/\]\(\.\.\/(test\/[\w./-]+)\) “([^”]+)”/g)];
  expect(rows.length).toBeGreaterThan(20);
  for (const [, file = '', name = ''] of rows) expect(read(file).replaceAll("\\'", "'")).toContain(name);
});

describe('the READMEs', () => {
  const [english, chinese] = readmes;

  it('have the same sections, code, tables and pictures', () => {
    const levels = (page: string) => headings(page).map((heading) => heading.split(' ')[0]);
    const firstCells = (page: string) => capture(prose(page), /^\| (`[^|]+`) \|/gm);
    const pictures = (page: string) => capture(prose(page), /(?:src|srcset)="([^"]+)"/g);
    expect(levels(chinese)).toEqual(levels(english));
    expect(codeBlocks(chinese)).toEqual(codeBlocks(english));
    expect(firstCells(chinese)).toEqual(firstCells(english));
    expect(pictures(chinese)).toEqual(pictures(english));
  });

  it('offer questions that the demo shop answers, and one that it does not until it is taught', async () => {
    const table = /^## Try this\n([\s\S]*?)^## /m.exec(read(english))?.[1] ?? '';
    const questions = capture(table, /^\| `(?:@Memori )?([^`]+)`/gm);
    const lesson = questions.find((text) => text.startsWith('by ')) ?? '';
    const untaught = questions.filter((text) => text.includes('takings') && text !== lesson);
    const values = JSON.parse(read('test/fixtures/demo-values.json')) as Record<string, readonly string[]>;
    const shop = queriesOver(await openVerifiedFile(join(root, 'demo/shop.verified.yaml')), values, '2026-10-31');
    const [, term = '', meaning = ''] = /^by (.+) we mean (.+)$/.exec(lesson) ?? [];

    let previous: PreviousMatch | undefined;
    for (const text of questions.filter((question) => question !== lesson)) {
      const locale = /\p{Script=Han}/u.test(text) ? 'zh' : 'en';
      const definitions = untaught.includes(text) ? [{ id: 'm1', term, meaning }] : [];
      if (untaught.includes(text)) expect(shop.match(text, { locale }).kind).not.toBe('match');
      const match = shop.match(text, { locale, definitions, ...(previous ? { previous } : {}) });
      expect([text, match.kind]).toEqual([text, 'match']);
      if (match.kind === 'match')
        previous = { queryId: match.query.id, parameters: serialiseParameters(match.parameters) };
    }
    expect(untaught).not.toEqual([]);
  });
});

describe('the examples of source files', () => {
  const examples = ['README.md', 'docs/extending.md'].flatMap(sourceFilesOn);

  it.each(examples.filter(({ path }) => path.includes('.verified.')))(
    '$page: $path can be opened, is SQL, and answers what it says',
    async ({ page, path, text }) => {
      const queries = parseVerifiedFile(text, path);
      const syntax = createPostgresSyntax();
      for (const { sql } of queries) await expect(parseTemplate(sql, syntax)).resolves.toBeDefined();

      const verified = queriesOver(queries, { 'customers.country': ['Germany', 'France'] }, '2026-11-20');
      for (const locale of ['en', 'zh'] as const)
        for (const question of (await sourceFileOf(page)).examples[locale])
          expect([question, verified.match(question, { locale }).kind]).toEqual([question, 'match']);
      expect(verified.suggest(5, 'en').length).toBe(queries.length);
    },
  );

  /** The source file that the same page shows. */
  async function sourceFileOf(page: string) {
    const folder = mkdtempSync(join(tmpdir(), 'memori-docs-'));
    const file = join(folder, 'source.yaml');
    writeFileSync(
      file,
      examples.find((example) => example.page === page && !example.path.includes('.verified.'))?.text ?? '',
    );
    return readSourceFile(file).finally(() => rmSync(folder, { recursive: true }));
  }

  function sourceFilesOn(page: string) {
    return codeBlocks(page)
      .map((block) => block.replace(/^```\w+\n|```$/g, ''))
      .flatMap((text) => {
        const path = /^# (sources\/\S+\.yaml)\n/.exec(text)?.[1];
        return path === undefined ? [] : [{ page, path, text }];
      });
  }
});

/** Verified queries over a catalogue that has just the given values: `table.column` → values. */
function queriesOver(
  queries: readonly VerifiedQuery[],
  values: Readonly<Record<string, readonly string[]>>,
  today: string,
) {
  const catalogue = catalogueOfValues(values);
  return createVerifiedQueries({ queries, catalogue, today: () => today, dates: createChronoDates() });
}

describe('Chinese', () => {
  it.each([
    'src/core/texts/zh.ts',
    'src/core/texts/ui-zh.ts',
    'src/core/texts/status-texts.ts',
    'src/core/texts/memory-refusals.ts',
    'README.zh-CN.md',
    'docs/troubleshooting.zh-CN.md',
  ])('in %s says 你 and 已验证, with full-width punctuation', (page) => {
    const text = prose(page);
    expect(text.match(/[您]|已核实/g)).toBeNull();
    expect(text.match(/\p{Script=Han}[,;:!?](?!\w)/gu)).toBeNull();
  });
});

it('comments on errors name codes that exist', () => {
  const named = filesIn('src', '.ts').flatMap((file) =>
    capture(read(file), /^.*\bErrors?: ?(.*)$/gm).flatMap((line) => capture(line, /`([a-z]+(?:_[a-z]+)+)`/g)),
  );
  expect(named.length).toBeGreaterThan(30);
  for (const code of named) expect(errorCodes).toContain(code);
});

it('the promise about parsers is made for the dialect that keeps it', () => {
  for (const page of ['README.md', 'SECURITY.md', 'docs/security.md'])
    for (const line of read(page)
      .split('\n')
      .filter((one) => /PostgreSQL's own (?:parser|grammar)/.test(one)))
      expect([page, /[Ee]very statement is parsed by PostgreSQL's own/.test(line)]).toEqual([page, false]);
  for (const page of ['README.md', 'SECURITY.md', 'README.zh-CN.md'])
    for (const engine of ['MySQL', 'SQLite', 'DuckDB'])
      expect(
        read(page)
          .split('\n')
          .find((line) => /\*\*(A guard|完整读懂|It cannot write)/.test(line)),
      ).toContain(engine);
});

it('the recipe for a dialect names every file that has a line for each dialect', () => {
  const [, recipe = ''] = read('docs/extending.md').split('## A dialect');
  const [steps = ''] = recipe.split('\n## ');
  const files = filesIn('src/core', '.ts').filter((file) => /Record<DialectName,|case 'mysql':/.test(read(file)));
  expect(files.length).toBeGreaterThan(4);
  for (const file of files) expect(steps).toContain(`../${file}`);
});

it.each(filesIn('docs/decisions', '.md').filter((file) => /\d{4}-/.test(file)))(
  '%s has its day and is listed',
  (file) => {
    expect(read(file)).toMatch(/^# \d{4} .+\n\nDate: \d{4}-\d{2}-\d{2}\n/);
    expect(read('docs/decisions/README.md')).toContain(`](${file.split('/').at(-1)})`);
  },
);

it('the version is the newest release of the changelog, with its day', () => {
  const { version } = JSON.parse(read('package.json')) as { version: string };
  const [newest = ''] = read('CHANGELOG.md').match(/^## \[\d.*$/m) ?? [];
  expect(newest).toMatch(new RegExp(`^## \\[${version.replaceAll('.', '\\.')}\\] - \\d{4}-\\d{2}-\\d{2}$`));
});

it('the workflow runs the gate on the oldest Node that is allowed, and .nvmrc is one of its versions', () => {
  const workflow = read('.github/workflows/check.yml');
  const { engines } = JSON.parse(read('package.json')) as { engines: { node: string } };
  const nodes = capture(capture(workflow, /node: \[(.*)\]/g).join(), /'([\d.]+)'/g);
  expect(engines.node).toBe(`>=${nodes[0]}.0`);
  expect(nodes).toContain(read('.nvmrc').trim());
  expect(workflow).toContain('run: .ci/run');
});

it('every package with an install script is allowed to run it or forbidden, on purpose', () => {
  const { packages } = JSON.parse(read('package-lock.json')) as {
    packages: Record<string, { hasInstallScript?: boolean }>;
  };
  const { allowScripts } = JSON.parse(read('package.json')) as { allowScripts: Record<string, boolean> };
  const scripted = Object.entries(packages).filter(([, { hasInstallScript }]) => hasInstallScript);
  expect(scripted.map(([place]) => place.replace(/^.*node_modules\//, '')).sort()).toEqual(
    Object.keys(allowScripts).sort(),
  );
});
