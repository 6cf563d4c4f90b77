import { isMemoriError, MemoriError } from '../base/errors.ts';
import type { Question } from '../base/question.ts';
import { fitOf } from '../sql/linking/link-schema.ts';
import { linkWords } from '../sql/linking/link-words.ts';
import type { AnswerRecord } from './answer-store.ts';
import type { Outcome } from './outcome.ts';
import type { Run } from './run.ts';
import type { Source } from './source.ts';

/**
 * Chooses the data source of a question: the one it names, else the one this thread used last, else the one whose
 * tables match its words best. Errors: `not_found` when no source is connected.
 */
export async function chooseSource(
  question: Question,
  thread: readonly AnswerRecord[],
  sources: readonly Source[],
  run: Run,
): Promise<Source> {
  const [first] = sources;
  if (!first)
    throw new MemoriError('not_found', 'No data source is connected.', {
      next: 'Set DATA_SOURCES.',
      details: { what: 'data source' },
    });
  if (sources.length === 1) return first;

  const asked = new Set(linkWords(question.text));
  const named = sources.find(({ name }) => linkWords(name).every((word) => asked.has(word)));
  if (named) return named;
  const last = thread.findLast(({ outcome }) => dataSourceOf(outcome) !== undefined)?.outcome;
  const used = last && sources.find(({ name }) => name === dataSourceOf(last));
  if (used) return used;

  const fits = await Promise.all(sources.map(async (source) => ({ source, fit: await fitTo(source, question, run) })));
  return fits.reduce((best, next) => (next.fit > best.fit ? next : best)).source;
}

/** How well the best table matches. An unreachable database matches nothing, so that the others can answer. */
async function fitTo(source: Source, question: Question, { signal }: Run): Promise<number> {
  try {
    return fitOf(question.text, await source.catalogue(signal));
  } catch (error) {
    if (!isMemoriError(error, 'database_unavailable')) throw error;
    return -1;
  }
}

/** The data source of an outcome, including one that asks the person to choose. */
const dataSourceOf = (outcome: Outcome): string | undefined =>
  'dataSource' in outcome ? outcome.dataSource : undefined;
