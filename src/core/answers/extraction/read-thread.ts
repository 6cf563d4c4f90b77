import type { Question } from '../../base/question.ts';
import { wordsOf } from '../../language/search-words.ts';
import { detectTaught, statesSomething } from '../../memory/detect.ts';
import type { ExtractedFact } from '../../memory/memories.ts';
import type { LanguageModel } from '../../model/model.ts';
import { findSensitive } from '../../sensitive/find-sensitive.ts';
import type { AnswerRecord } from '../answer-store.ts';
import { extractionOf, type Noted } from './extract-facts.ts';

/** Longer messages are pasted rather than said. Characters. */
const maxMessageLength = 600;
/** The newest messages of a conversation that are read. */
const maxMessages = 20;

/**
 * What people stated in a conversation, by one call of a model: undefined when nobody stated anything, and nothing is
 * spent. Only messages of people are shown to it, never the bot's prose, rows, or what holds a secret; and of what it says
 * only that is kept which the very message says: the quote stands in it to the letter, and the fact has no word that the
 * message has not. Errors: those of `LanguageModel`.
 */
export async function readThread(
  thread: readonly AnswerRecord[],
  readUntil: Date | undefined,
  model: LanguageModel,
  signal: AbortSignal,
): Promise<{ readonly facts: readonly ExtractedFact[]; readonly dropped: number } | undefined> {
  const messages = thread
    .map(({ question }) => question)
    .filter(({ askedAt }) => readUntil === undefined || askedAt > readUntil)
    .filter(isReadable)
    .slice(-maxMessages);
  const last = messages.at(-1);
  if (last === undefined || !messages.some(({ text }) => statesSomething(text))) return undefined;
  const { value } = await model.generate(extractionOf(messages, last, model), signal);
  const facts = value.facts.flatMap((noted) => verified(noted, messages) ?? []);
  return { facts, dropped: value.facts.length - facts.length };
}

/** What teaches in so many words has been learnt already, or was refused or forgotten. */
const isReadable = ({ text, origin, person }: Question): boolean =>
  origin === 'message' &&
  !person.external &&
  text.length <= maxMessageLength &&
  detectTaught(text) === undefined &&
  findSensitive(text) === undefined;

function verified({ message, quote, fact }: Noted, messages: readonly Question[]): ExtractedFact | undefined {
  const source = messages[message - 1];
  if (source === undefined || !inOneLine(source.text).includes(inOneLine(quote))) return undefined;
  const said = new Set(wordsOf(source.text));
  const words = wordsOf(fact);
  if (wordsOf(quote).length < 2 || words.length < 2 || !words.every((word) => said.has(word))) return undefined;
  return { text: fact, message: source };
}

const inOneLine = (text: string): string => text.normalize('NFKC').replace(/\s+/gu, ' ').trim();
