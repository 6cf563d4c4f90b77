import type { Request } from 'express';
import { SlackError } from '../workspace.ts';

/** The arguments of one call. Forms carry strings only, so structured arguments may be JSON texts. */
export type Arguments = Readonly<Record<string, unknown>>;

/** Parses form-encoded, JSON and multipart bodies. Malformed ones throw `invalid_json` or `invalid_form_data`. */
export async function readArguments(body: Buffer, contentType: string | undefined): Promise<Arguments> {
  if (contentType?.startsWith('application/json')) return parseJson(body.toString('utf8'));
  if (contentType?.startsWith('multipart/form-data')) return readMultipart(body, contentType);
  return Object.fromEntries(new URLSearchParams(body.toString('utf8')));
}

function parseJson(text: string): Arguments {
  try {
    const value: unknown = text === '' ? {} : JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { ...value };
  } catch {
    // Falls through to the one answer for both.
  }
  throw new SlackError('invalid_json');
}

/** The platform's own parser: fields as strings, files as bytes. */
async function readMultipart(body: Buffer, contentType: string): Promise<Arguments> {
  try {
    const form = await new Response(new Uint8Array(body), { headers: { 'content-type': contentType } }).formData();
    const fields: Record<string, unknown> = {};
    for (const [name, value] of form) {
      fields[name] = typeof value === 'string' ? value : Buffer.from(await value.arrayBuffer());
    }
    return fields;
  } catch {
    throw new SlackError('invalid_form_data');
  }
}

/** The raw body of a request (express.raw), empty when there was none. */
export function rawBody(request: Request): Buffer {
  const body: unknown = request.body;
  return Buffer.isBuffer(body) ? body : Buffer.alloc(0);
}

/** A text argument; '' counts as missing, as in Slack. */
export function readText(args: Arguments, name: string): string | undefined {
  const value = args[name];
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** A text argument. Throws `invalid_arguments` when it is missing. */
export function requireText(args: Arguments, name: string): string {
  const value = readText(args, name);
  if (value === undefined) {
    throw new SlackError('invalid_arguments', [`[ERROR] missing required field: ${name} [json-pointer:/${name}]`]);
  }
  return value;
}

/** A boolean argument, false when it is missing. */
export function readFlag(args: Arguments, name: string): boolean {
  return args[name] === true || args[name] === 'true' || args[name] === '1';
}

/** A page size: the requested one, at most `max`. */
export function readLimit(args: Arguments, fallback: number, max: number): number {
  const asked = Number(args.limit ?? fallback);
  return Number.isInteger(asked) && asked > 0 ? Math.min(asked, max) : fallback;
}

/** A structured argument, as JSON text or as itself. Throws `error` when it is not JSON. */
export function readJson(args: Arguments, name: string, error: string): unknown {
  const value = args[name];
  if (typeof value !== 'string') return value;
  if (value === '') return undefined;
  try {
    return JSON.parse(value);
  } catch {
    throw new SlackError(error);
  }
}
