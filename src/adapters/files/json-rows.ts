import { statSync } from 'node:fs';
import type { BadLine } from '../../core/data/understood.ts';
import { textBlocks } from './text/blocks.ts';
import { survey } from './text/survey.ts';

type JsonValue = string | number | boolean | null | readonly JsonValue[] | { readonly [key: string]: JsonValue };
type JsonObject = Readonly<Record<string, JsonValue>>;

/** Objects as rows of text, their keys as columns in the order in which they first come. */
export type JsonRows = {
  readonly columns: readonly string[];
  readonly rows: readonly { readonly line: number; readonly cells: readonly (string | null)[] }[];
  readonly bad: readonly BadLine[];
  /** Columns that hold objects or lists. */
  readonly nested: ReadonlySet<number>;
};

/** A document is held as a whole while it is read. */
const mostBytes = 256 * 1024 * 1024;

/** Numbers that a double does not hold, outside of texts. */
const tokens = /"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?/g;
const keepDigits = (text: string): string =>
  text.replace(tokens, (token) =>
    token.startsWith('"') || token.replace(/\D/g, '').length < 16 ? token : `"${token}"`,
  );

/** Reads one object a line, or a document: a list of objects, or an object with one such list in it. */
export async function readJson(path: string, encoding: string | undefined): Promise<JsonRows> {
  if (statSync(path).size > mostBytes)
    throw new Error('a JSON file of more than 256 MB is not read: Parquet, or CSV, is.');
  const surveyed = await survey(path, encoding);
  const blocks: string[] = [];
  for await (const block of textBlocks(path, surveyed.encoding.name)) blocks.push(keepDigits(block));
  const text = blocks.join('');
  return asTable(isLines(text) ? readLines(text) : readDocument(text));
}

type Found = {
  readonly objects: readonly (readonly [line: number, object: JsonObject])[];
  readonly bad: readonly BadLine[];
};

/** Each of the first lines is an object of its own. */
function isLines(text: string): boolean {
  const lines = text.split('\n', 20).filter((line) => line.trim() !== '');
  return lines.length > 1 ? lines.filter((line) => isObject(parsed(line))).length * 2 > lines.length : false;
}

function readLines(text: string): Found {
  const objects: (readonly [number, JsonObject])[] = [];
  const bad: BadLine[] = [];
  text.split('\n').forEach((line, index) => {
    if (line.trim() === '') return;
    const value = parsed(line);
    if (isObject(value)) objects.push([index + 1, value]);
    else bad.push({ line: index + 1, reason: value === undefined ? 'no valid JSON' : 'no object' });
  });
  return { objects, bad };
}

function readDocument(text: string): Found {
  const value = parse(text);
  const list = listIn(value);
  if (list === undefined) throw new Error('it is no list of objects, and has not one such list in it.');
  const bad = list.flatMap((one, index) =>
    isObject(one) ? [] : [{ line: index + 1, reason: 'no object (counted as elements of the list)' }],
  );
  return { objects: list.flatMap((one, index) => (isObject(one) ? [[index + 1, one] as const] : [])), bad };
}

function listIn(value: JsonValue): readonly JsonValue[] | undefined {
  if (Array.isArray(value)) return value;
  if (!isObject(value)) return undefined;
  const lists = Object.values(value).filter(
    (one): one is readonly JsonValue[] => Array.isArray(one) && one.some(isObject),
  );
  return lists.length === 1 ? lists[0] : lists.length === 0 ? [value] : undefined;
}

function parse(text: string): JsonValue {
  try {
    return JSON.parse(text) as JsonValue;
  } catch (error) {
    // The engine's message quotes the document.
    const [place = ''] = /(?:at|in JSON at) position \d+(?: \(line \d+ column \d+\))?/.exec(String(error)) ?? [];
    throw new Error(`it is no valid JSON${place ? ` ${place}` : ''}. Is it cut off, or being written?`);
  }
}

function parsed(text: string): JsonValue | undefined {
  try {
    return JSON.parse(text) as JsonValue;
  } catch {
    return undefined;
  }
}

const isObject = (value: JsonValue | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function asTable({ objects, bad }: Found): JsonRows {
  const places = new Map<string, number>();
  for (const [, object] of objects)
    for (const key of Object.keys(object)) if (!places.has(key)) places.set(key, places.size);
  const nested = new Set<number>();
  const rows = objects.map(([line, object]) => {
    const cells = Array<string | null>(places.size).fill(null);
    for (const [key, value] of Object.entries(object)) {
      const at = places.get(key) ?? 0;
      if (typeof value === 'object' && value !== null) nested.add(at);
      cells[at] = value === null ? null : typeof value === 'object' ? JSON.stringify(value) : String(value);
    }
    return { line, cells };
  });
  return { columns: [...places.keys()], rows, bad, nested };
}
