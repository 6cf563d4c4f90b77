/** Text that is HTML already. */
export type Html = { readonly text: string };
type Part = string | number | Html | readonly Html[];

/** A template that escapes what it is given, unless that is HTML made by the same. */
export function html(texts: TemplateStringsArray, ...parts: readonly Part[]): Html {
  return { text: texts.map((text, at) => text + (parts[at] === undefined ? '' : textOf(parts[at]))).join('') };
}

/** Text of our own that is HTML, or stands where nothing is escaped. */
export const raw = (text: string): Html => ({ text });

function textOf(part: Part): string {
  if (typeof part === 'string' || typeof part === 'number') return escaped(String(part));
  return 'text' in part ? part.text : part.map(({ text }) => text).join('');
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
const escaped = (text: string): string => text.replace(/[&<>"']/g, (character) => entities[character] ?? '');
