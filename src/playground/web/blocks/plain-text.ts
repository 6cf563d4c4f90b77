type RichTextNode = { readonly text?: unknown; readonly elements?: readonly RichTextNode[] };

/** The words of a rich_text block or a part of one, without formatting. */
export function plainText(node: object): string {
  const { text, elements } = node as RichTextNode;
  return typeof text === 'string' ? text : (elements ?? []).map(plainText).join('');
}
