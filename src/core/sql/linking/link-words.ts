import { wordsOf } from '../../language/search-words.ts';

/**
 * The words of a question, a name, a comment or a value, for comparison: camelCase, snake_case and digits separated,
 * lower case, English stems, no stop words, Chinese as pairs of characters.
 */
export const linkWords = (text: string): readonly string[] => wordsOf(splitWords(text));

/** `orderDate2`, `HTTPServer`, `order_date` → their words with spaces between them. */
const splitWords = (text: string): string =>
  text
    .replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
    .replace(/(\p{Lu})(\p{Lu}\p{Ll})/gu, '$1 $2')
    .replace(/(\p{L})(\d)/gu, '$1 $2')
    .replace(/(\d)(\p{L})/gu, '$1 $2')
    .replaceAll('_', ' ');
