import iconv from 'iconv-lite';
import { openBytes } from './survey.ts';

/** Characters in a block, about. */
const blockLength = 1024 * 1024;

/** The text of a file in blocks of whole lines that end in `\n`, whatever the file's own line ends are. */
export async function* textBlocks(path: string, encoding: string): AsyncGenerator<string> {
  const decoder = iconv.getDecoder(encoding, { stripBOM: true });
  let held = '';
  for await (const chunk of openBytes(path) as AsyncIterable<Buffer>) {
    held += decoder.write(chunk);
    if (held.length < blockLength) continue;
    const { lines, rest } = cut(held);
    held = rest;
    if (lines !== '') yield lines;
  }
  held = (held + (decoder.end() ?? '')).replace(/\r\n?/g, '\n');
  if (held !== '') yield held.endsWith('\n') ? held : `${held}\n`;
}

function cut(text: string): { readonly lines: string; readonly rest: string } {
  // A return at the very end may be half of a line end.
  const end = Math.max(text.lastIndexOf('\n'), text.lastIndexOf('\r', text.length - 2)) + 1;
  return { lines: text.slice(0, end).replace(/\r\n?/g, '\n'), rest: text.slice(end) };
}
