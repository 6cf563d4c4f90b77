import { maxQuestionLength, type Question } from '../base/question.ts';
import { errorTextsFor, textsFor } from '../texts/texts-for.ts';
import type { Unmatched } from './from-verified.ts';
import type { Refused, Said, Suggestion, Unanswered } from './outcome.ts';
import type { Run } from './run.ts';
import type { Source } from './source.ts';
import type { Unread } from './unread.ts';

/** The most questions offered at once. */
const offered = 3;

/** Whether a message is empty, a greeting or a request for help. */
export const asksForHelp = (text: string): boolean =>
  /^(?:|hi|hello|hey|help|hi there|thanks|thank you|what can you do|who are you|你好|您好|嗨|帮助|谢谢|多谢|你能做什么|你是谁)$/i.test(
    text.trim().replace(/[\s!！.。?？,，]+$/u, ''),
  );

/** The answer to an empty mention: what this is, and three questions to click. */
export async function help(sources: readonly Source[], run: Run): Promise<Said | Unanswered> {
  const texts = textsFor(run.locale);
  if (sources.length === 0) return { status: 'unanswered', text: texts.noSource, suggestions: [] };
  const suggestions = await starters(sources, run);
  return { status: 'said', text: texts.intro(sources.map(({ name }) => name)), memories: [], suggestions };
}

/** Starter questions of the first sources. */
async function starters(sources: readonly Source[], run: Run): Promise<readonly Suggestion[]> {
  const all = await Promise.all(sources.map((source) => source.examples(offered, run.locale, run.signal)));
  return all
    .flat()
    .slice(0, offered)
    .map((text) => ({ text }));
}

/** Refuses a question that is too long. */
export function tooLong(question: Question, run: Run): Refused {
  const message = textsFor(run.locale).tooLong(question.text.length, maxQuestionLength);
  return {
    status: 'refused',
    code: 'invalid_input',
    text: errorTextsFor(run.locale).invalid_input({ message }),
    sql: undefined,
    suggestions: [],
  };
}

/**
 * The answer when nothing matches and there is no model: which words are unknown, how to teach them, and what can be
 * asked now.
 */
export function unanswered(unmatched: Unmatched, { words }: Unread, run: Run): Unanswered {
  const texts = textsFor(run.locale);
  const suggestions = unmatched.suggestions();
  const hasOthers = suggestions.length > 0;
  const why = words.length === 0 ? texts.nothingFits(hasOthers) : texts.unknownWords(words, hasOthers);
  return { status: 'unanswered', text: `${why} ${texts.noModel}`, suggestions };
}
