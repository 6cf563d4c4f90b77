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

/** A verified question with its SQL, and its similarity to the question, 0 to 1. */
export type Example = Exchange & { readonly likeness: number };

const shownExamples = 3;
/** The most tokens of all examples together, which share the request with the schema. */
const exampleTokens = 600;
/** Below this, two questions share one word at most. */
const nearEnough = 0.3;

/**
 * The verified queries nearest to a question, best first, as examples for the model: they show how this team counts,
 * joins and filters. Errors: as `Source.verified`.
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

/** The SQL of a suggestion; undefined when its parameters cannot be filled in. Then it is skipped, without an error. */
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

/** Words that occur in any question. */
const small = new Set([...functionWords, ...askingEnglish, 'many', 'much', 'per']);

/** Dice similarity of the words of two questions, without common words. */
function likeness(a: string, b: string): number {
  const [left, right] = [telling(a), telling(b)];
  const common = [...left].filter((word) => right.has(word)).length;
  return (2 * common) / Math.max(left.size + right.size, 1);
}

const telling = (text: string): ReadonlySet<string> => new Set(linkWords(text).filter((word) => !small.has(word)));
