import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { parseCommandLine } from '../src/command-line.ts';
import { fromSource } from './support/from-source.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const { scripts } = JSON.parse(readFileSync(`${root}package.json`, 'utf8')) as { scripts: Record<string, string> };
/** The scripts of package.json that are ours, with their file. `start` runs what is built of src/main.ts. */
const commands: readonly (readonly [string, string])[] = Object.entries(scripts).flatMap(([name, command]) => {
  const file = name === 'start' ? 'src/main.ts' : /\btsx (?:watch )?((?:src|scripts)\/\S+\.ts)/.exec(command)?.[1];
  return file === undefined ? [] : [[name, file]];
});

const options = {
  json: { type: 'boolean', default: false },
  questions: { type: 'string', default: '200' },
  'dry-run': { type: 'boolean', default: false },
} as const;
const parse = (...args: string[]) => parseCommandLine(args, options, 1);

describe('a command line', () => {
  it('is read with its defaults and words', () => {
    expect(parse('memory-merge', '--dry-run')).toMatchObject({
      kind: 'read',
      values: { json: false, questions: '200', 'dry-run': true },
      positionals: ['memory-merge'],
    });
  });

  it.each(['--help', '-h'])('asks for help with %s, whatever else it says', (flag) => {
    expect(parse('x', flag, '--json')).toEqual({ kind: 'help' });
  });

  it.each([
    [['--jsno'], 'There is no option --jsno. Did you mean --json?'],
    [['--question=5'], 'There is no option --question. Did you mean --questions?'],
    [['--dryrun'], 'There is no option --dryrun. Did you mean --dry-run?'],
    [['-x'], 'There is no option -x.'],
    [['--zzz'], 'There is no option --zzz.'],
    [['--questions'], "Option '--questions <value>' argument missing."],
    [['--questions', '--json'], "Option '--questions' argument is ambiguous."],
    [['--json=yes'], "Option '--json' does not take an argument."],
    [['one', 'two'], 'Nothing is done with “two”.'],
  ])('that is wrong, %j, is told in one line with the nearest option', (args, message) => {
    expect(parse(...args)).toEqual({ kind: 'mistake', message: `${message} --help lists the options.` });
  });
});

describe('every command', () => {
  it.each(commands)('%s reads its options in the one place', (_, file) => {
    expect(readFileSync(root + file, 'utf8')).toMatch(/readCommandLine\(\s*usage,/);
    expect(readFileSync(root + file, 'utf8')).not.toMatch(/process\.argv|parseArgs\b/);
  });

  it.each(commands.filter(([name]) => !['start', 'dev'].includes(name)))('%s shows how it is called', (name, file) => {
    expect(readFileSync(root + file, 'utf8')).toContain(`npm run ${name}`);
  });

  const run = (file: string, ...args: string[]) =>
    spawnSync(process.execPath, [...fromSource, file, ...args], {
      cwd: root,
      encoding: 'utf8',
    });

  it('prints its usage, or one line about a mistake', () => {
    const { stdout, status } = run('scripts/generate-configuration.ts', '--help');
    expect([status, stdout]).toEqual([0, expect.stringContaining('--check')]);
    expect(run('scripts/generate-configuration.ts', '--chek')).toMatchObject({
      status: 1,
      stdout: '',
      stderr: 'There is no option --chek. Did you mean --check? --help lists the options.\n',
    });
  });

  it('says which file is not there, without a stack', () => {
    const { status, stderr } = run('scripts/bench/pii.ts', '--data', '/no/such/file');
    expect(status).toBe(1);
    expect(stderr.trim().split('\n')).toEqual([expect.stringContaining("'/no/such/file'")]);
  });

  it('of a job names the nearest job', () => {
    const { status, stderr } = run('src/run-job.ts', 'memory-marge');
    expect(status).toBe(1);
    expect(stderr).toMatch(/^There is no job “memory-marge”\. Did you mean memory-merge\b.*\n$/);
  });
});
