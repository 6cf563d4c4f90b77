import { type ParseArgsConfig, parseArgs } from 'node:util';
import { isMemoriError } from './core/base/errors.ts';
import { nearestNames } from './core/sql/nearest-names.ts';

type Options = NonNullable<ParseArgsConfig['options']>;
type Parsed<T extends Options> = ReturnType<typeof parseArgs<{ options: T; allowPositionals: true }>>;

/** What a command line says, or the one line that is to be printed instead: its usage, or what is wrong with it. */
export type CommandLine<T extends Options> =
  | { readonly kind: 'read'; readonly values: Parsed<T>['values']; readonly positionals: readonly string[] }
  | { readonly kind: 'help' }
  | { readonly kind: 'mistake'; readonly message: string };

/** Every command has it. */
const help = { help: { type: 'boolean', short: 'h' } } as const;

/** Reads `args`; at most `words` of them may be something else than an option. */
export function parseCommandLine<const T extends Options>(
  args: readonly string[],
  options: T,
  words: number,
): CommandLine<T> {
  try {
    const parsed = parseArgs({ args: [...args], options: { ...options, ...help }, allowPositionals: true });
    const { values, positionals } = parsed as Parsed<T> & { readonly values: { readonly help?: boolean } };
    if (values.help) return { kind: 'help' };
    const extra = positionals[words];
    if (extra !== undefined) return mistake(`Nothing is done with “${extra}”.`);
    return { kind: 'read', values, positionals };
  } catch (error) {
    return mistake(wrongOption(error as NodeJS.ErrnoException, Object.keys({ ...options, ...help })));
  }
}

/**
 * The options and words of this process's command line. `--help` prints `usage`, and a mistake one line that names the
 * nearest option; both end the process, with 0 and 1. `words`: how many arguments that are no options it takes.
 * From then on an error that nobody catches is said by `exitWith`.
 */
export function readCommandLine<const T extends Options>(
  usage: string,
  options: T,
  words = 0,
): { readonly values: Parsed<T>['values']; readonly positionals: readonly string[] } {
  process.once('uncaughtException', exitWith);
  const line = parseCommandLine(process.argv.slice(2), options, words);
  if (line.kind === 'read') return line;
  if (line.kind === 'mistake') return endWith(line.message);
  process.stdout.write(`${usage.trim()}\n`);
  process.exit(0);
}

/** The number that an option gives, at least 1. Anything else ends the process with a line that says so. */
export function countOf(option: string, text: string): number {
  const count = Number(text);
  return Number.isInteger(count) && count > 0
    ? count
    : endWith(`--${option} takes a whole number from 1 on, not “${text}”.`);
}

/** One line on standard error, then exit code 1. */
export function endWith(message: string): never {
  process.stderr.write(`${message}\n`);
  process.exit(1);
}

/** Says what went wrong and what to do about it, without a stack for what is expected, and ends with 1. */
export function exitWith(error: unknown): never {
  process.stderr.write(`\n${linesOf(error).join('\n')}\n`);
  process.exit(1);
}

function linesOf(error: unknown): readonly string[] {
  if (isMemoriError(error)) return [error.message, ...(error.next ? [`→ ${error.next}`] : [])];
  if (!(error instanceof Error)) return [String(error)];
  return [isUnreadable(error) ? error.message : (error.stack ?? error.message)];
}

/** A file or folder that somebody named is not there, or is none. Its message has the path. */
const isUnreadable = ({ code, path }: NodeJS.ErrnoException): boolean =>
  path !== undefined && ['ENOENT', 'ENOTDIR', 'EISDIR', 'EACCES'].includes(code ?? '');

const mistake = (message: string) => ({ kind: 'mistake', message: `${message} --help lists the options.` }) as const;

/** Node's own words are right but long, and know no nearest option. */
function wrongOption({ code, message }: NodeJS.ErrnoException, names: readonly string[]): string {
  const [first = message] = message.split('\n');
  if (code !== 'ERR_PARSE_ARGS_UNKNOWN_OPTION') return `${first.replace(/[.]$/, '')}.`;
  const [, written = ''] = /'(-[^']*)'/.exec(message) ?? [];
  const [nearest] = nearestNames(written.replace(/^-+/, ''), names);
  return `There is no option ${written}.${nearest === undefined ? '' : ` Did you mean --${nearest}?`}`;
}
