/** Text that is already HTML. */
export type Html = { readonly text: string };
type Part = string | number | Html | readonly Html[];

/** A template that escapes its parts, except `Html`. */
export function html(texts: TemplateStringsArray, ...parts: readonly Part[]): Html {
  return { text: texts.map((text, at) => text + (parts[at] === undefined ? '' : textOf(parts[at]))).join('') };
}

/** Marks our own text as HTML that must not be escaped. */
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
