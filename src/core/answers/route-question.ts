import type { Catalogue } from '../data/catalogue.ts';
import { type Route, routeModel } from '../model/route-model.ts';
import { linkWords } from '../sql/linking/link-words.ts';
import type { AnswerRecord } from './answer-store.ts';
import type { Example } from './examples.ts';

/** What is known about a question before it is routed. */
export type RouteContext = {
  readonly question: string;
  readonly catalogue: Catalogue;
  readonly thread: readonly AnswerRecord[];
  readonly examples: readonly Example[];
  /** Statements for this question that were rejected. */
  readonly failed: readonly string[];
};

/** Below this similarity, an example says nothing about the difficulty of a question. */
const kindred = 0.5;

/** Chooses the size of model for a question. */
export function routeQuestion({ question, catalogue, thread, examples, failed }: RouteContext): Route {
  const answers = thread.flatMap(({ outcome }) => (outcome.status === 'answered' ? [outcome] : []));
  const near = examples.filter(({ likeness }) => likeness >= kindred);
  const seen = [...failed, ...answers.slice(-1).map(({ sql }) => sql), ...near.map(({ sql }) => sql)];
  return routeModel({
    question,
    tables: tablesNamed(question, catalogue),
    joins: Math.max(0, ...seen.map(joinsIn)),
    verifiedLikeness: examples[0]?.likeness ?? 0,
    failures: failed.length,
    thread: answers.findLast(({ written }) => written?.route !== undefined)?.written?.route?.tier,
  });
}

const joinsIn = (sql: string): number => sql.match(/\bjoin\b/gi)?.length ?? 0;

/** How many tables have all their words in the question. */
function tablesNamed(question: string, catalogue: Catalogue): number {
  const asked = new Set(linkWords(question));
  return catalogue.tables.filter(({ name }) => linkWords(name).every((word) => asked.has(word))).length;
}
