import { readFileSync, writeFileSync } from 'node:fs';
import { readCommandLine } from '../src/command-line.ts';
import { variables } from '../src/config/variables.ts';

const usage = `Writes .env.example and docs/configuration.md from the configuration's own list of variables.

  npm run docs:configuration [-- --check]

  --check           write nothing, and exit 1 when a file is out of date
  --help            this text`;
const { values } = readCommandLine(usage, { check: { type: 'boolean', default: false } });

type Shown = {
  readonly name: string;
  readonly group: string;
  readonly description: string;
  readonly fallback: string;
  readonly secret: boolean;
};

const shown: readonly Shown[] = Object.entries(variables).map(([name, variable]) => ({
  name,
  group: variable.group,
  description: variable.description,
  fallback: 'default' in variable ? variable.default : '',
  secret: 'secret' in variable,
}));
const groups = [...new Set(shown.map(({ group }) => group))];

const environment = [
  '# Copy to .env and uncomment what you need. Generated from src/config/variables.ts by `npm run docs:configuration`.',
  ...groups.flatMap((group) => [
    '',
    `# --- ${group} ---`,
    ...shown
      .filter((variable) => variable.group === group)
      .flatMap(({ name, description, fallback }) => [
        '',
        `# ${description.replaceAll('\n', ' ')}`,
        `# ${name}=${fallback}`,
      ]),
  ]),
  '',
].join('\n');

const cell = (text: string): string => text.replaceAll('|', '\\|');

const page = [
  '# Configuration',
  '',
  'Everything is an environment variable; a file `.env` in the working folder is read first. Nothing is required: without any variable Memori opens the playground over an embedded store and the demo shop. Mistakes are named at start-up, all at once, and values of secrets are never printed.',
  '',
  'This page is generated from `src/config/variables.ts` by `npm run docs:configuration`.',
  ...groups.flatMap((group) => [
    '',
    `## ${group}`,
    '',
    '| variable | default | what it does |',
    '|---|---|---|',
    ...shown
      .filter((variable) => variable.group === group)
      .map(
        ({ name, description, fallback, secret }) =>
          `| \`${name}\`${secret ? ' (secret)' : ''} | ${fallback ? `\`${fallback}\`` : ''} | ${cell(description)} |`,
      ),
  ]),
  '',
].join('\n');

const files = { '.env.example': environment, 'docs/configuration.md': page };
const { check } = values;
const current = (file: string): string => {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
};
const stale = Object.entries(files).filter(([file, text]) => current(file) !== text);
if (!check) for (const [file, text] of stale) writeFileSync(file, text);
for (const [file] of stale)
  console.log(check ? `${file} is out of date: run npm run docs:configuration` : `wrote ${file}`);
if (check && stale.length > 0) process.exitCode = 1;
