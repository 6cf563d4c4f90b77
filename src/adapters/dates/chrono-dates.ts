import { en, type ParsedComponents, type ParsedResult } from 'chrono-node';
import { hans } from 'chrono-node/zh';
import type { DatePoint, DateReader } from '../../core/language/dates.ts';

type Reader = Pick<typeof en.casual, 'parse'>;

/** The core reads windows such as "last 30 days", because it knows which days they mean. */
const relative = 'result/relativeDate';

const point = (at: ParsedComponents, index: number, length: number): DatePoint | undefined => {
  const [year, month, day] = [at.get('year'), at.get('month'), at.get('day')];
  const named = at.isCertain('month') || at.isCertain('weekday');
  if (!named || at.isCertain('hour') || year === null || month === null || day === null) return undefined;
  const precision = at.isCertain('day') || at.isCertain('weekday') ? 'day' : 'month';
  return {
    index,
    length,
    precision,
    year,
    yearGiven: at.isCertain('year'),
    month,
    day: precision === 'day' ? day : 1,
    isWeekday: at.isCertain('weekday') && !at.isCertain('day'),
  };
};

/** In 去年3月 chrono-node takes the 年 of "last year" as part of the date. */
const withoutStrayYear = (found: DatePoint, text: string): DatePoint =>
  text[found.index] === '年' ? { ...found, index: found.index + 1, length: found.length - 1 } : found;

/** The offset at which the end of a range begins: after its connector. */
const connector = /\s*(?:-|–|—|~|～|\bto\b|\buntil\b|\bthrough\b|\btill\b|到|至)\s*/giu;

/**
 * 3/4 is in March to some people and in April to others, and "4/5 stars" is no date. Neither are the words "sun" and
 * "weekday".
 */
const isAmbiguous = (found: ParsedResult): boolean =>
  found.tags().has('parser/SlashDateFormatParser') ||
  /^(?:sun|sat|mon|wed|thu|fri|.*week(?:day|end)s?)$/iu.test(found.text);

/** chrono-node tags no Chinese window: 两个月前 would be a day. */
const chineseWindow = /[年月周天日期时钟](?:以|之)?[前后内]$/u;

function points(found: ParsedResult): DatePoint[] {
  if (found.tags().has(relative) || chineseWindow.test(found.text) || isAmbiguous(found)) return [];
  // chrono declares `end` optional and gives null.
  const end = found.end ?? undefined;
  const joint = end === undefined ? undefined : [...found.text.matchAll(connector)].at(-1);
  if (end === undefined || joint === undefined) {
    const whole = point(found.start, found.index, found.text.length);
    return whole === undefined ? [] : [whole];
  }
  const after = joint.index + joint[0].length;
  const first = point(found.start, found.index, joint.index);
  const last = point(end, found.index + after, found.text.length - after);
  return [first, last].filter((one) => one !== undefined);
}

/** V8 compiles a regular expression on its second use; the first is interpreted. */
const warmUps = [
  'revenue since 3 March 2020',
  'orders last month',
  'from May 4 to June 5',
  '去年3月的收入',
  '上个月',
  '5月4日',
];
let isWarm = false;

/**
 * Uses chrono-node's hundreds of regular expressions once, so that the first question does not wait for them to
 * compile.
 */
function warm(reader: DateReader): DateReader {
  if (!isWarm) for (const text of warmUps) reader.read(text, '2020-06-01');
  isWarm = true;
  return reader;
}

/** Days and months as chrono-node reads them: English, and simplified Chinese when the text has Han characters. */
export function createChronoDates(): DateReader {
  return warm({
    read(text, today) {
      const reader: Reader = /\p{Script=Han}/u.test(text) ? hans.casual : en.casual;
      const reference = { instant: new Date(`${today}T12:00:00Z`), timezone: 0 };
      return reader
        .parse(text, reference)
        .flatMap(points)
        .map((found) => withoutStrayYear(found, text));
    },
  });
}
