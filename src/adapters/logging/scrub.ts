/**
 * Shapes that must never appear in a log line: keys of Slack, Anthropic, OpenAI, GitHub, AWS and Google, bearer tokens,
 * JWTs, private keys, and passwords in URLs or `password=…` pairs.
 */
const secretPatterns: readonly [RegExp, string][] = [
  [/\bxox[a-z]-[\w-]{8,}/gi, '[slack token]'],
  [/\bxapp-[\w-]{8,}/gi, '[slack app token]'],
  [/\bsk-[\w-]{16,}/g, '[api key]'],
  [/\bgh[oprsu]_\w{20,}|\bgithub_pat_\w{20,}/g, '[github token]'],
  [/\bA(?:KIA|SIA)[A-Z0-9]{16}\b/g, '[aws key]'],
  [/\bAIza[\w-]{30,}/g, '[google key]'],
  [/\beyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]*/g, '[jwt]'],
  [/-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/g, '[private key]'],
  [/\b(Bearer|Basic)\s+[\w.~+/=-]{8,}/gi, '$1 [token]'],
  [/([a-z][a-z0-9+.-]*:\/\/[^\s:/@]*):[^\s/@]+@/gi, '$1:[password]@'],
  [
    /\b(password|passwd|pwd|secret|token|api[_-]?key|signing[_-]?secret)(["']?\s*[:=]\s*["']?)[^\s"',;&}]{4,}/gi,
    '$1$2[secret]',
  ],
];

const scrubText = (text: string): string =>
  secretPatterns.reduce((clean, [pattern, mask]) => clean.replace(pattern, mask), text);

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
