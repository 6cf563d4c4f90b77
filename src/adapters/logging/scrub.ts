import { secretSpans } from '../../core/sensitive/find-sensitive.ts';

/** What stands in a line in the place of a secret. */
const mask = '[secret]';
/** Characters that are looked through in one piece; what is longer is cut into pieces that overlap. */
const piece = 4000;
/** No secret is longer than this, but a private key, which is left out from its first line to its last. */
const overlap = 600;

const privateKey = /-----BEGIN [A-Z ]*PRIVATE KEY[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/g;

/**
 * What a program writes in a line beside its secrets. A line may lose a word too many, so a value need not look like a
 * secret here.
 */
const named: readonly RegExp[] = [
  /(?<before>\b(?:Bearer|Basic)\s+)[\w.~+/=-]{8,}/gi,
  /(?<before>\b(?:password|passwd|pwd|secret|token|api[_-]?key|signing[_-]?secret)["']?\s{0,4}[:=]\s{0,4}["']?)[^\s"',;&}[]{4,}/gi,
  /(?<before>\b[a-z][a-z0-9+.-]{0,20}:\/\/[^\s:/@]{0,80}:)[^\s/@[]+(?=@)/gi,
];

/** The text without secrets, by the rules that also keep them out of memory. */
function scrubText(text: string): string {
  const open = text.replace(privateKey, mask);
  let clean = '';
  let at = 0;
  for (let from = 0; from < open.length; from += piece)
    for (const [start, end] of secretSpans(open.slice(from, from + piece + overlap))) {
      // The next piece finds it too, and whole.
      if (start >= piece && from + piece < open.length) break;
      if (from + end <= at) continue;
      clean += open.slice(at, Math.max(at, from + start)) + mask;
      at = from + end;
    }
  return named.reduce((line, pattern) => line.replace(pattern, `$<before>${mask}`), clean + open.slice(at));
}

/** A copy with every secret masked, errors turned into {name, message, stack, code}, and depth limited to 6. */
export function scrub<T>(value: T, depth = 6): T {
  return clean(value, depth) as T;
}

function clean(value: unknown, depth: number): unknown {
  if (typeof value === 'string') return scrubText(value);
  if (value === null || typeof value !== 'object') return value;
  if (depth === 0) return '[deep]';
  if (value instanceof Error) {
    const { name, message, stack, cause } = value;
    const code = 'code' in value ? value.code : undefined;
    return clean({ name, message, code, stack, ...(cause === undefined ? {} : { cause }) }, depth - 1);
  }
  if (value instanceof Date) return value.toISOString();
  if (ArrayBuffer.isView(value)) return `[${value.byteLength} bytes]`;
  if (Array.isArray(value)) return value.map((item) => clean(item, depth - 1));
  // Winston finds its level by symbol keys, so those are carried over as they are.
  return Object.fromEntries(Reflect.ownKeys(value).map((key) => [key, clean(Reflect.get(value, key), depth - 1)]));
}
