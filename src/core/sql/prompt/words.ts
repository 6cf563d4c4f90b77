/** Words of a text for matching names: snake_case and camelCase taken apart, plural s dropped, Chinese as pairs of characters. */
export function words(text: string): readonly string[] {
  const latin = text
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .match(/[\p{Script=Latin}\d]+/gu);
  const han = text.match(/\p{Script=Han}+/gu) ?? [];
  return [...(latin ?? []).map(singular), ...han.flatMap(pairs)];
}

const singular = (word: string): string =>
  word.length > 4 && word.endsWith('ies')
    ? `${word.slice(0, -3)}y`
    : word.length > 3 && word.endsWith('s') && !word.endsWith('ss')
      ? word.slice(0, -1)
      : word;

const pairs = (run: string): readonly string[] => {
  const characters = [...run];
  return characters.length === 1
    ? characters
    : characters.slice(1).map((character, index) => `${characters[index]}${character}`);
};
