/** A piece is repeated to the letter at least so often, and fills so many characters: no statement and no sentence does. */
const exactTimes = 8;
const exactLength = 200;
/** A list that counts up ("1", "2", "3" …) repeats itself but for its digits. A pivot of a day's hours has 24 such columns. */
const countedTimes = 40;
/** How far back is looked, characters. */
const window = 4000;

/**
 * A model that has got stuck: the end of its text is one piece over and over, to the letter or counting up. Such a text has
 * no end of its own, so the call is ended.
 */
export function isRepeating(text: string): boolean {
  const end = text.slice(-window);
  return (
    repeats(end, (times, length) => times >= exactTimes && length >= exactLength) ||
    repeats(end.replace(/\d+/g, '0'), (times) => times >= countedTimes)
  );
}

/** The longest suffix that consists of one piece over and over, for each length of piece, by the prefix function. */
function repeats(text: string, isEnough: (times: number, length: number) => boolean): boolean {
  const from = text.length - 1;
  const borders = new Int32Array(text.length);
  for (let at = 1; at < text.length; at += 1) {
    let border = borders[at - 1] as number;
    while (border > 0 && text[from - at] !== text[from - border]) border = borders[border - 1] as number;
    if (text[from - at] === text[from - border]) border += 1;
    borders[at] = border;
    const period = at + 1 - border;
    if (border > 0 && isEnough(Math.floor((at + 1) / period), at + 1)) return true;
  }
  return false;
}
