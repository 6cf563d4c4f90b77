import type { Question } from '../../base/question.ts';
import { wordsOf } from '../../language/search-words.ts';
import { detectTaught, statesSomething } from '../../memory/detect.ts';
import type { ExtractedFact } from '../../memory/memories.ts';
import type { LanguageModel } from '../../model/model.ts';
import { findSensitive } from '../../sensitive/find-sensitive.ts';
import type { AnswerRecord } from '../answer-store.ts';
import { extractionOf, type Noted } from './extract-facts.ts';

/** Longer messages are usually pasted text and are skipped. Characters. */
const maxMessageLength = 600;
/** How many of the newest messages are read. */
const maxMessages = 20;

/**
 * Extracts what people stated in a conversation, with one model call; undefined, without a call, when nobody stated
 * anything. The model sees only people's messages: never the bot's prose, rows or secrets. A fact is accepted only when
 * its quote occurs in the message to the letter and all its words do too. Errors: those of `LanguageModel`.
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

/** Whether a message should be read. Explicit teaching was already learnt, refused or forgotten. */
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
