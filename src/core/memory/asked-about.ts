/** Who and when a question is about, as far as its words say so. */
export type AskedAbout = {
  /** The names that stand in the question, in lower case. */
  readonly names: ReadonlySet<string>;
  /** Whose remarks count, by the parts of their names. */
  readonly speakers: ReadonlySet<string>;
  /**
   * Months since the year 0. Only beside somebody who speaks it says when something was said: "revenue in May 2026" is
   * about figures. Undefined when the question names none with its year.
   */
  readonly month: number | undefined;
};

/** What a program is called in a talk with it, and the person. */
const programs: ReadonlySet<string> = new Set(['assistant', 'ai', 'bot', 'model', 'system']);
const people: ReadonlySet<string> = new Set(['user', 'human']);

/** "Ana Ruiz" is called Ana or Ruiz. */
export const nameParts = (name: string): string[] => name.toLowerCase().match(/[\p{L}\p{N}]{2,}/gu) ?? [];

/** Without the roles, which are words like any other. */
export const properNames = (speakers: Iterable<string>): ReadonlySet<string> =>
  new Set([...speakers].flatMap(nameParts).filter((part) => !programs.has(part) && !people.has(part)));

/** `heard` are the parts of the names of all who speak. */
export function askedAbout(text: string, heard: ReadonlySet<string>): AskedAbout {
  const known = properNames(heard);
  const names = new Set(nameParts(text).filter((part) => known.has(part)));
  const isTalk = names.size === 0 && [...programs].some((role) => heard.has(role));
  const speakers = isTalk ? partnerAskedAbout(text, heard) : names;
  return { names, speakers, month: speakers.size > 0 ? monthNamedIn(text) : undefined };
}

/** Of a person and a program it is the person whose words count, unless the question is what the program said. */
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

export const monthOf = (date: Date | undefined): number | undefined =>
  date === undefined ? undefined : date.getUTCFullYear() * 12 + date.getUTCMonth();
