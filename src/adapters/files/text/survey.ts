import { isAscii, isUtf8 } from 'node:buffer';
import { createReadStream } from 'node:fs';
import type { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { type Encoding, guessEncoding, markedEncoding } from './encoding.ts';

/** What reading every byte once tells. */
export type Survey = {
  readonly encoding: Encoding;
  /** Bytes after unpacking. */
  readonly bytes: number;
  /** Line ends, and one more where the last line has none. */
  readonly lines: number;
  readonly hasQuotes: boolean;
  /** A return without a new line: an old line end, which not every reader takes. */
  readonly hasBareReturn: boolean;
};

/** Bytes that are looked at to guess an encoding. */
const guessedBytes = 256 * 1024;
const chunkBytes = 1024 * 1024;

/** Unpacked text may grow to this many bytes: what unpacks to more is no table that fits. */
export const mostBytes = 8 * 1024 * 1024 * 1024;

export function openBytes(path: string): Readable {
  const file = createReadStream(path, { highWaterMark: chunkBytes });
  if (!/\.gz$/i.test(path)) return file;
  const unpacked = createGunzip({ chunkSize: chunkBytes });
  file.once('error', (error) => unpacked.destroy(error));
  return file.pipe(unpacked);
}

/** Reads a file through. `given`: the encoding that an admin named. */
export async function survey(path: string, given: string | undefined): Promise<Survey> {
  let start = Buffer.alloc(0);
  let rest = Buffer.alloc(0);
  let isValid = true;
  let bytes = 0;
  let lines = 0;
  let last = 10;
  let hasQuotes = false;
  let hasBareReturn = false;
  const odd: Buffer[] = [];
  let oddBytes = 0;
  for await (const chunk of openBytes(path) as AsyncIterable<Buffer>) {
    if (start.length < 4096) start = Buffer.concat([start, chunk.subarray(0, 4096)]);
    bytes += chunk.length;
    if (bytes > mostBytes) throw new Error('it unpacks to more than 8 GB.');
    lines += count(chunk, 10);
    hasQuotes ||= chunk.includes(34);
    hasBareReturn ||= bareReturn(chunk, last);
    last = chunk[chunk.length - 1] ?? last;
    const whole = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    const cut = lastBoundary(whole);
    isValid &&= isUtf8(whole.subarray(0, cut));
    rest = Buffer.from(whole.subarray(cut));
    if (oddBytes < guessedBytes && !isAscii(chunk)) {
      const lines = oddLines(chunk);
      odd.push(lines);
      oddBytes += lines.length;
    }
  }
  const encoding = given
    ? { name: given, isGuess: false }
    : (markedEncoding(start.subarray(0, 4096)) ??
      (isValid && isUtf8(rest) ? { name: 'utf-8', isGuess: false } : guessEncoding(Buffer.concat(odd))));
  return { encoding, bytes, lines: lines + (bytes > 0 && last !== 10 ? 1 : 0), hasQuotes, hasBareReturn };
}

function count(chunk: Buffer, byte: number): number {
  let found = 0;
  for (let at = chunk.indexOf(byte); at !== -1; at = chunk.indexOf(byte, at + 1)) found += 1;
  return found;
}

function bareReturn(chunk: Buffer, before: number): boolean {
  if (before === 13 && chunk[0] !== 10) return true;
  for (let at = chunk.indexOf(13); at !== -1; at = chunk.indexOf(13, at + 1)) {
    if (at + 1 < chunk.length && chunk[at + 1] !== 10) return true;
  }
  return false;
}

/** Where the last character that may go on in the next chunk begins. */
function lastBoundary(bytes: Buffer): number {
  for (let back = 1; back <= Math.min(4, bytes.length); back += 1) {
    const byte = bytes[bytes.length - back] ?? 0;
    if (byte < 0x80) return bytes.length;
    if (byte >= 0xc0) return bytes.length - back;
  }
  return bytes.length;
}

/** The lines that have bytes beyond ASCII, which alone tell an encoding. Of a full chunk not those that it may cut. */
function oddLines(chunk: Buffer): Buffer {
  const lines: Buffer[] = [];
  const isCut = chunk.length >= chunkBytes;
  let size = 0;
  let at = isCut ? chunk.indexOf(10) + 1 : 0;
  while (at < chunk.length && size < guessedBytes) {
    const end = chunk.indexOf(10, at);
    if (end === -1 && isCut) break;
    const line = chunk.subarray(at, end === -1 ? chunk.length : end + 1);
    if (!isAscii(line)) {
      lines.push(line);
      size += line.length;
    }
    at += line.length;
  }
  return Buffer.concat(lines);
}
