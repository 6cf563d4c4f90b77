import { isMemoriError } from '../base/errors.ts';
import { askingEnglish, functionWords } from '../language/closed-words-en.ts';
import { estimateTokens } from '../language/estimate-tokens.ts';
import { linkWords } from '../sql/linking/link-words.ts';
import type { VerifiedQueries } from '../verified/verified-match.ts';
import { boundSql } from './bound-sql.ts';
import type { Asking } from './from-verified.ts';
import type { Exchange } from './prompt/writing.ts';
import type { Run } from './run.ts';
import type { Source } from './source.ts';

/** A verified question with its SQL, and how near it is to what was asked, 0 to 1. */
export type Example = Exchange & { readonly likeness: number };

const shownExamples = 3;
/** Tokens of all examples; they share the request with the schema. */
const exampleTokens = 600;
/** Below this two questions have one word in common, if any. */
const nearEnough = 0.3;

/**
 * The verified queries nearest to a question, best first, as examples for the model: how this team counts, which joins
 * and filters it takes. Errors: as `Source.verified`.
 */
export async function examplesFor(
  { question: { text: question }, source, saved, meaning }: Pick<Asking, 'question' | 'source' | 'saved' | 'meaning'>,
  run: Run,
): Promise<readonly Example[]> {
  const verified = await source.verified(run.signal, saved);
  const near = verified
    .nearest(question, shownExamples, run.locale, meaning)
    .map(({ text }) => ({ text, likeness: likeness(question, text) }))
    .filter((example) => example.likeness >= nearEnough)
    .sort((a, b) => b.likeness - a.likeness);
  const examples: Example[] = [];
  let left = exampleTokens;
  for (const { text, likeness } of near) {
    const sql = await sqlOf(text, verified, source, run);
    const cost = sql === undefined ? 0 : estimateTokens(text + sql);
    if (sql === undefined || cost > left) continue;
    examples.push({ question: text, sql, likeness });
    left -= cost;
  }
  return examples;
}

/** Undefined for a query that cannot be written out: it is no example then, and no reason to fail. */
async function sqlOf(text: string, verified: VerifiedQueries, source: Source, run: Run): Promise<string | undefined> {
  const match = verified.match(text, { locale: run.locale, chosen: true });
  if (match.kind !== 'match') return undefined;
  try {
    const bound = await boundSql(match, verified, source);
    return typeof bound === 'string' ? bound : await source.syntax.deparse(bound);
  } catch (error) {
    if (!isMemoriError(error, 'sql_refused')) throw error;
    return undefined;
  }
}

/** Words that stand in any question. */
const small = new Set([...functionWords, ...askingEnglish, 'many', 'much', 'per']);

/** Words in common, of the words of both (Dice), without the small ones. */
function likeness(a: string, b: string): number {
  const [left, right] = [telling(a), telling(b)];
  const common = [...left].filter((word) => right.has(word)).length;
  return (2 * common) / Math.max(left.size + right.size, 1);
}

const telling = (text: string): ReadonlySet<string> => new Set(linkWords(text).filter((word) => !small.has(word)));
