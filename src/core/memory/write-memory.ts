import { MemoriError } from '../base/errors.ts';
import { type Person, type Place, type Scope, teachingScope, threadScope, userScope } from '../base/namespace.ts';
import type { Question } from '../base/question.ts';
import { mayName } from '../language/may-name.ts';
import { wordsOf } from '../language/search-words.ts';
import { memoryRefusal } from '../texts/memory-refusals.ts';
import type { Taught } from './memories.ts';
import type { Memory, MemoryKind } from './memory.ts';
import { memoryId, normalise } from './memory-id.ts';
import type { Screen } from './screen.ts';
import { sqlShape } from './sql-shape.ts';

/** The longest text of a memory: one statement, so that it leaves room for others in the prompt. Characters. */
export const maxMemoryLength = 500;
const maxTermLength = 60;
/** Milliseconds of a day. */
export const dayMs = 24 * 60 * 60 * 1000;

/** Importance by kind, 0 to 1: how much a wrong answer without it would cost. */
const importance: Readonly<Record<MemoryKind, number>> = {
  rule: 0.9,
  definition: 0.9,
  correction: 0.85,
  preference: 0.8,
  fact: 0.7,
  query_pattern: 0.5,
  episode: 0.3,
};

/** Who said something, where and when. */
type Origin = { readonly person: Person; readonly place: Place; readonly ts: string; readonly now: Date };

/**
 * Builds the memory that a person taught. A preference belongs to the person; everything else belongs to the place.
 * Errors: `secret_refused`, `invalid_input`.
 */
export async function taughtMemory(
  taught: Taught,
  origin: Origin,
  dataSources: readonly string[],
  screen: Screen,
): Promise<Memory> {
  const text = clean(taught.text);
  const term = taught.term === undefined ? undefined : clean(taught.term);
  const meaning = taught.meaning === undefined ? undefined : clean(taught.meaning);
  refuseUnfit(text, term, meaning);
  await refuseSensitive(`${text} ${term ?? ''} ${meaning ?? ''}`, screen);
  const scope = taught.kind === 'preference' ? userScope(origin.person) : teachingScope(origin.person, origin.place);
  return {
    ...(await written(taught.kind, said({ text, term, meaning }), scope, origin)),
    namespace: taught.kind === 'preference' ? 'user_prefs' : namespaceOf(text, dataSources),
    text,
    term,
    meaning,
    conscious: true,
    trust: 'explicit',
    expiresAt: undefined,
  };
}

/**
 * The question as an episode that expires after `retentionDays`; undefined when it is not worth keeping or must not be
 * kept.
 */
export async function episodeOf(
  question: Question,
  now: Date,
  retentionDays: number,
  screen: Screen,
): Promise<Memory | undefined> {
  const text = clean(question.text);
  if (text.length > maxMemoryLength || isSmallTalk(text) || (await screen(text)) !== undefined) return undefined;
  const { person, place, id } = question;
  const origin = { person, place, ts: id.slice(id.lastIndexOf(':') + 1), now };
  return {
    ...(await written('episode', text, teachingScope(person, place), origin)),
    namespace: 'query',
    text,
    term: undefined,
    meaning: undefined,
    conscious: false,
    trust: 'observed',
    expiresAt: new Date(now.getTime() + retentionDays * dayMs),
  };
}

/** A fact that a model extracted from a message: in the scope of the conversation, and never conscious. */
export async function notedFact(
  fact: string,
  { person, place, id }: Question,
  now: Date,
  retentionDays: number,
  screen: Screen,
): Promise<Memory | undefined> {
  const text = clean(fact);
  if (text.length > maxMemoryLength || (await screen(text)) !== undefined) return undefined;
  const scope = place.kind === 'dm' ? userScope(person) : threadScope(place);
  return {
    ...(await written('fact', text, scope, { person, place, ts: id.slice(id.lastIndexOf(':') + 1), now })),
    namespace: 'query',
    text,
    term: undefined,
    meaning: undefined,
    conscious: false,
    importance: importance.query_pattern,
    trust: 'observed',
    expiresAt: new Date(now.getTime() + retentionDays * dayMs),
  };
}

/** The text that a memory's id is derived from. For a definition, the term and the meaning, however it was worded. */
export const said = ({ text, term, meaning }: Pick<Memory, 'text' | 'term' | 'meaning'>): string =>
  term !== undefined && meaning !== undefined ? `${term} = ${meaning}` : text;

/** An answered question that people accepted. */
export type Accepted = {
  readonly question: Question;
  readonly sql: string;
  /** Ids of the memories it used; forgetting one of them forgets this too. */
  readonly used: readonly string[];
  /** How likely the answer was right, 0 to 1. */
  readonly importance: number;
};

/** The question with the shape of its SQL; undefined when it must not or need not be kept. */
export async function patternOf(
  accepted: Accepted,
  now: Date,
  retentionDays: number,
  screen: Screen,
): Promise<Memory | undefined> {
  const episode = await episodeOf(accepted.question, now, retentionDays, screen);
  if (episode === undefined) return undefined;
  const { sql, tables } = sqlShape(accepted.sql);
  return {
    ...episode,
    id: await memoryId(episode.team, episode.scope, 'query_pattern', episode.text),
    kind: 'query_pattern',
    importance: accepted.importance,
    ...((await screen(sql)) === undefined && { sql }),
    tables,
    ...(accepted.used.length > 0 && { sources: accepted.used }),
    expiresAt: undefined,
  };
}

/** Greetings, thanks and texts of less than two words of meaning. */
const isSmallTalk = (text: string): boolean =>
  wordsOf(text).length < 2 ||
  (text.length <= 40 &&
    /^(?:hi|hello|hey|thanks?|thank you|thx|cheers|ok|okay|great|cool|nice|good (?:morning|afternoon|evening|job)|well done|bye|你好|您好|谢谢|多谢|好的|辛苦|早上好|再见)(?![\p{L}\p{N}])/iu.test(
      text,
    )) ||
  /^(?:你好|您好|谢谢|多谢|好的|辛苦了|早上好|再见)\P{L}*$/u.test(text);

async function written(kind: MemoryKind, words: string, scope: Scope, { person, place, ts, now }: Origin) {
  const saidAt = dateOf(ts, now);
  return {
    id: await memoryId(person.team, scope, kind, words),
    team: person.team,
    scope,
    kind,
    importance: importance[kind],
    source: { author: person.user, channel: place.channel, ts },
    proof: 1,
    hits: 0,
    embedding: undefined,
    validFrom: saidAt,
    validTo: undefined,
    supersedes: undefined,
    // When it was said, not when it was read, so that rereading an old message does not undo forgetting it.
    createdAt: saidAt,
    usedAt: now,
  };
}

/** The time of a Slack ts, which is in seconds. `now` when it is invalid or in the future. */
function dateOf(ts: string, now: Date): Date {
  const ms = /^\d{9,11}(?:\.\d+)?$/.test(ts) ? Math.floor(Number(ts) * 1000) : Number.NaN;
  return ms <= now.getTime() ? new Date(ms) : now;
}

/** One line, without control characters and invisible characters that hide or reverse text. */
const clean = (text: string): string =>
  text
    .replace(/[\p{Zl}\p{Zp}\t\r\n\f\v]+/gu, ' ')
    .replace(/[\p{Cc}\p{Cf}\p{Co}\p{Cs}]/gu, '')
    .replace(/ {2,}/g, ' ')
    .trim();

function refuseUnfit(text: string, term: string | undefined, meaning: string | undefined): void {
  if (!/[\p{L}\p{N}]/u.test(text) || term === '' || meaning === '') throw memoryRefusal('invalid_input', 'empty');
  if (
    text.length > maxMemoryLength ||
    (term?.length ?? 0) > maxTermLength ||
    (meaning?.length ?? 0) > maxMemoryLength
  ) {
    const limits = { limit: maxMemoryLength, termLimit: maxTermLength };
    throw memoryRefusal('invalid_input', 'too_long', { length: text.length, ...limits });
  }
  if (term !== undefined && !mayName(term)) throw memoryRefusal('invalid_input', 'no_name', { term });
}

async function refuseSensitive(text: string, screen: Screen): Promise<void> {
  const found = await screen(text);
  if (found !== undefined) {
    throw new MemoriError('secret_refused', `The text holds what looks like ${found.looksLike}.`, {
      next: 'Leave it out and say it again; secrets and personal data are never remembered.',
      details: { looksLike: found.looksLike },
    });
  }
}

/** `schema:<data source>` when the text names one, else `query`. */
function namespaceOf(text: string, dataSources: readonly string[]): string {
  const words = ` ${normalise(text)} `;
  const named = dataSources.find((source) => words.includes(` ${normalise(source)} `));
  return named === undefined ? 'query' : `schema:${named}`;
}
