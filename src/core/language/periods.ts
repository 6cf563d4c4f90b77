import { add, allTime, dayExists, makeDay, spanOf, type Unit, yearOf } from './calendar.ts';
import type { DateReader, Day, Span } from './dates.ts';
import { type NamedSpan, periodWords } from './period-words.ts';
import { normalise } from './tokens.ts';
import { partAfter, partBefore, partOf, writtenDates } from './written-dates.ts';

/** A piece of text that names a span of days by itself: "March 2026", "last quarter", 去年. Offsets are characters. */
type Atom = NamedSpan & { readonly from: number; readonly to: number };

/** A period in a text, with the words around it that belong to it ("since", "between … and …"). */
export type Period = {
  readonly from: number;
  readonly to: number;
  readonly span: Span;
  /** "the last 8 weeks": the unit that is counted. */
  readonly window?: Unit;
  /** What else the words may mean, where people write two things alike: the person is asked. */
  readonly others?: readonly Span[];
};

const rules = [...writtenDates, ...periodWords];

/** Periods in the future have no rows. */
const comesNext = /^(?:next|下)/u;

function dateAtoms(text: string, today: Day, dates: DateReader): readonly Atom[] {
  return dates.read(text, today).flatMap(({ index, length, precision, yearGiven, isWeekday, ...at }) => {
    if (!dayExists(at.year, at.month, at.day)) return [];
    const named = makeDay(at.year, at.month, at.day);
    if (comesNext.test(text.slice(index, index + length))) return [];
    if (isWeekday) {
      const day = named <= today ? named : add(named, -1, 'week');
      return [{ ...spanOf(day, 'day'), from: index, to: index + length, unit: precision, yearGiven: true }];
    }
    const thisYear = makeDay(yearOf(today), at.month, at.day);
    const latest = thisYear <= today ? thisYear : add(thisYear, -1, 'year');
    const span = spanOf(yearGiven ? named : latest, precision);
    return [{ ...span, from: index, to: index + length, unit: precision, yearGiven }];
  });
}

/** `matchAll` copies its expression, so each is looked for first: most are not there. */
const ruleAtoms = (text: string, today: Day): readonly Atom[] =>
  rules
    .filter(([pattern]) => text.search(pattern) >= 0)
    .flatMap(([pattern, read]) =>
      [...text.matchAll(pattern)].flatMap((match) => {
        const found = read([...match], today);
        return found === undefined ? [] : [{ ...found, from: match.index, to: match.index + match[0].length }];
      }),
    );

/** From left to right, the longest first, none inside another. */
function withoutOverlap(atoms: readonly Atom[]): Atom[] {
  const kept: Atom[] = [];
  for (const atom of atoms.toSorted((a, b) => b.to - b.from - (a.to - a.from)))
    if (kept.every((other) => atom.to <= other.from || atom.from >= other.to)) kept.push(atom);
  return kept.sort((a, b) => a.from - b.from);
}

const inYear = (atom: Atom, y: number): Atom => {
  const years = y - yearOf(atom.start);
  return { ...atom, start: add(atom.start, years, 'year'), end: add(atom.end, years, 'year'), yearGiven: true };
};

/** Joins a part of a year with its year: "Q3 2025", "March last year", 去年3月. */
function joinYears(text: string, atoms: readonly Atom[]): readonly Atom[] {
  const joined: Atom[] = [];
  for (const atom of atoms) {
    const before = joined.at(-1);
    const gap = before === undefined ? undefined : text.slice(before.to, atom.from);
    const touches = gap !== undefined && /^(?:,|\s|of|in|的)*$/u.test(gap);
    if (before !== undefined && touches && atom.unit === 'year' && !before.yearGiven)
      joined.splice(-1, 1, { ...inYear(before, yearOf(atom.start)), to: atom.to });
    else if (before !== undefined && touches && before.unit === 'year' && !atom.yearGiven)
      joined.splice(-1, 1, { ...inYear(atom, yearOf(before.start)), from: before.from });
    else joined.push(atom);
  }
  return joined;
}

const rangeGap = /^\s*(?:to|until|till|through|thru|-|–|—|~|到|至)\s*(?:the )?$/u;
const betweenGap = /^\s*(?:and|和|与)\s*(?:the )?$/u;

function range(text: string, a: Atom, b: Atom): Period | undefined {
  const gap = text.slice(a.to, b.from);
  const lead = /(?:\b(from|between)\s+(?:the )?|(从|自)\s*)$/u.exec(text.slice(0, a.from));
  const tail = /^\s*(?:之间|期间)/u.exec(text.slice(b.to));
  const isBetween = betweenGap.test(gap) && (lead?.[1] === 'between' || tail !== null);
  if (!rangeGap.test(gap) && !isBetween) return undefined;
  const [first, last] = resolveYears(a, b);
  if (first.start >= last.end) return undefined;
  const from = a.from - (lead?.[0].length ?? 0);
  return { from, to: b.to + (tail?.[0].length ?? 0), span: { start: first.start, end: last.end } };
}

/** "May to July 2025" is one year; "November to February" crosses it. */
function resolveYears(a: Atom, b: Atom): readonly [Atom, Atom] {
  if (!a.yearGiven && b.yearGiven) {
    const same = inYear(a, yearOf(b.start));
    return [same.start < b.end ? same : inYear(a, yearOf(b.start) - 1), b];
  }
  if (a.yearGiven && !b.yearGiven) {
    const same = inYear(b, yearOf(a.start));
    return [a, same.end > a.start ? same : inYear(b, yearOf(a.start) + 1)];
  }
  return !a.yearGiven && a.start >= b.end ? [inYear(a, yearOf(a.start) - 1), b] : [a, b];
}

type Side = readonly [before: RegExp | undefined, after: RegExp | undefined, span: (atom: Atom, today: Day) => Span];

const untilNow = (today: Day): Day => add(today, 1, 'day');
const since = (atom: Atom, today: Day): Span => ({ start: atom.start, end: untilNow(today) });
const before = (atom: Atom): Span => ({ start: allTime.start, end: atom.start });
const until = (atom: Atom): Span => ({ start: allTime.start, end: atom.end });
const later = (atom: Atom, today: Day): Span => ({ start: atom.end, end: untilNow(today) });

/** Open ends. "until March", "as of March" and 截至3月 include March, "before" and "after" exclude what they name. */
const sides: readonly Side[] = [
  [
    /\b(?:from|starting(?: from| in| on)?|beginning(?: in| on)?) $/u,
    /^ (?:onwards?|on|until (?:now|today)|to (?:now|today)|till (?:now|today))\b/u,
    since,
  ],
  [/\b(?:ever )?since (?:the )?$|(?:自从|自)$/u, undefined, since],
  [/\bstarting (?:from |in |on )?$/u, undefined, since],
  [/(?:自从|自|从)?$/u, /^(?:以来|起|开始|至今|到现在)/u, since],
  [/\bafter (?:the )?$/u, undefined, later],
  [undefined, /^(?:之后|以后)/u, later],
  [/\b(?:before|prior to) (?:the )?$/u, undefined, before],
  // 去年前十 is a rank.
  [undefined, /^(?:之前|以前|前(?![\d一二三四五六七八九十百名个位]))/u, before],
  [/\b(?:until|till|up to|through|as of) (?:the )?(?:end of )?$|(?:截至|截止到?)$/u, undefined, until],
];

function oneSided(text: string, atom: Atom, today: Day): Period {
  for (const [lead, tail, span] of sides) {
    const left = lead?.exec(text.slice(0, atom.from));
    const right = tail?.exec(text.slice(atom.to));
    if ((lead !== undefined && left == null) || (tail !== undefined && right == null)) continue;
    const found = span(atom, today);
    if (found.start >= found.end) continue;
    return { from: atom.from - (left?.[0].length ?? 0), to: atom.to + (right?.[0].length ?? 0), span: found };
  }
  const part = partNamed(text, atom);
  if (part !== undefined) return part;
  const most = /\blast $/u.exec(text.slice(0, atom.from));
  const absorbed = most !== null && !atom.yearGiven ? most[0].length : 0;
  const { start, end, window, others } = atom;
  const more = { ...(window ? { window } : {}), ...(others ? { others } : {}) };
  return { from: atom.from - absorbed, to: atom.to, span: { start, end }, ...more };
}

/** "the first week of October", 10月第一周. */
function partNamed(text: string, atom: Atom): Period | undefined {
  const [left, right] = [partBefore.exec(text.slice(0, atom.from)), partAfter.exec(text.slice(atom.to))];
  const found = left ?? right;
  const span = found === null ? undefined : partOf(atom, found[1] ?? '', found[2] ?? '');
  return (
    span && { from: atom.from - (left?.[0].length ?? 0), to: atom.to + (left ? 0 : (right?.[0].length ?? 0)), span }
  );
}

/**
 * The periods that a normalised text names, in its order, relative to `today`. Years that are not named are the latest
 * in which the period has begun; weeks begin on Monday; "last 30 days" ends with today.
 */
export function readPeriods(text: string, today: Day, dates: DateReader): readonly Period[] {
  const atoms = joinYears(text, withoutOverlap([...ruleAtoms(text, today), ...dateAtoms(text, today, dates)]));
  const periods: Period[] = [];
  for (let i = 0; i < atoms.length; i++) {
    const [atom, next] = [atoms[i], atoms[i + 1]];
    if (atom === undefined) continue;
    const joint = next === undefined ? undefined : range(text, atom, next);
    if (joint !== undefined) i++;
    periods.push(joint ?? oneSided(text, atom, today));
  }
  return periods;
}

/** The span of a text that is nothing but a period; undefined otherwise. */
export function wholeSpan(
  text: string,
  { today, dates }: { readonly today: Day; readonly dates: DateReader },
): Span | undefined {
  const normal = normalise(text);
  return readPeriods(normal, today, dates).find(({ from, to }) => from === 0 && to === normal.length)?.span;
}
