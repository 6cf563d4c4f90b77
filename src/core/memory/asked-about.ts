/** The people and the month that a question names. */
export type AskedAbout = {
  /** Names in the question, in lower case. */
  readonly names: ReadonlySet<string>;
  /** Whose remarks count, by the parts of their names. */
  readonly speakers: ReadonlySet<string>;
  /**
   * Months since the year 0. Set only when the question also names a speaker: "revenue in May 2026" is about figures,
   * not about when something was said. Undefined when the question names no month with its year.
   */
  readonly month: number | undefined;
};

/** Names that people use for a program they talk to. */
const programs: ReadonlySet<string> = new Set(['assistant', 'ai', 'bot', 'model', 'system']);
const people: ReadonlySet<string> = new Set(['user', 'human']);

/** The words of a name, in lower case: people call "Ana Ruiz" Ana or Ruiz. */
export const nameParts = (name: string): string[] => name.toLowerCase().match(/[\p{L}\p{N}]{2,}/gu) ?? [];

/** The speakers that are people. Roles such as "assistant" are ordinary words and are left out. */
export const properNames = (speakers: Iterable<string>): ReadonlySet<string> =>
  new Set([...speakers].flatMap(nameParts).filter((part) => !programs.has(part) && !people.has(part)));

/** Reads whom and when a question is about. `heard`: the parts of all speakers' names. */
export function askedAbout(text: string, heard: ReadonlySet<string>): AskedAbout {
  const known = properNames(heard);
  const names = new Set(nameParts(text).filter((part) => known.has(part)));
  const isTalk = names.size === 0 && [...programs].some((role) => heard.has(role));
  const speakers = isTalk ? partnerAskedAbout(text, heard) : names;
  return { names, speakers, month: speakers.size > 0 ? monthNamedIn(text) : undefined };
}

/** When a person talks with a program, the person's words count, unless the question asks what the program said. */
function partnerAskedAbout(text: string, heard: ReadonlySet<string>): ReadonlySet<string> {
  const isProgram = asksWhatWasAnswered.test(text);
  return new Set([...heard].filter((part) => programs.has(part) === isProgram));
}

const asksWhatWasAnswered =
  /\b(?:did|had|have) you\b|\byou (?:said|told|gave|\w+ed)\b|\byour (?:advice|answer|suggestion|recommendation|explanation)/i;

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/** "in May 2023", "on 3 June, 2024". */
function monthNamedIn(text: string): number | undefined {
  const found = /\b(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?(?:\s+\d{1,2})?,?\s+(\d{4})/i.exec(text);
  if (found === null) return undefined;
  return Number(found[2]) * 12 + months.indexOf(found[1]?.toLowerCase() ?? '');
}

/** Months since the year 0, in UTC; undefined without a date. */
export const monthOf = (date: Date | undefined): number | undefined =>
  date === undefined ? undefined : date.getUTCFullYear() * 12 + date.getUTCMonth();
