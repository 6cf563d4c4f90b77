/** An exact repetition counts from this many times and characters; no statement or sentence reaches both. */
const exactTimes = 8;
const exactLength = 200;
/**
 * A repetition that differs only in digits ("1", "2", "3" …) counts from this many times. A pivot by hour legitimately
 * has 24.
 */
const countedTimes = 40;
/** How much of the end of the text is examined. Characters. */
const window = 4000;

/**
 * Whether a model is stuck: its text ends with one piece repeated, exactly or counting up. Such a text never ends by
 * itself, so the call is ended.
 */
export function isRepeating(text: string): boolean {
  const end = text.slice(-window);
  return (
    repeats(end, (times, length) => times >= exactTimes && length >= exactLength) ||
    repeats(end.replace(/\d+/g, '0'), (times) => times >= countedTimes)
  );
}

/** Whether a suffix of the text repeats one piece often enough, for any length of piece, by the prefix function. */
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
