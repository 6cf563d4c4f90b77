/** Sizes of model, smallest first. */
export const tiers = ['small', 'standard', 'large'] as const;
/** One of `tiers`. */
export type Tier = (typeof tiers)[number];

/** Why a size was chosen. Stable: logs, texts and tests refer to it. */
export type RouteReason = 'lookup' | 'verified_neighbour' | 'default' | 'two_failures' | 'many_joins' | 'thread';

/** The size of model for a question, and why. */
export type Route = { readonly tier: Tier; readonly reason: RouteReason };

/** What is known about a question before a model is asked. */
export type RouteSignals = {
  readonly question: string;
  /** How many tables the question names. */
  readonly tables: number;
  /** The most joins seen near this question: in the SQL that failed, in the thread, in the nearest verified query. */
  readonly joins: number;
  /** Similarity of the question to the nearest verified query, 0 to 1. */
  readonly verifiedLikeness: number;
  /** Statements for this question that the guard or the database rejected. */
  readonly failures: number;
  /** The size that answered last in this thread. */
  readonly thread: Tier | undefined;
};

/** More joins than this go to the largest model. */
const manyJoins = 5;
/** After this many failures, the largest model is tried. */
const enoughFailures = 2;
/** From this similarity on, a question differs from a verified one only in a detail. */
const neighbourLikeness = 0.75;
/** The most words of a question that only looks something up. */
const lookupWords = 12;

/** Words that ask for more than a lookup: comparisons, rates, changes, cohorts, conditions on groups. */
const analysis =
  /\b(compar\w*|versus|vs|than|growth|grow\w*|change[ds]?|trend\w*|rate|ratio|share|percent\w*|average|median|correlat\w*|cohort\w*|retention|churn\w*|per|each|every|between|without|never|not|except|rank\w*|running|cumulative|previous|forecast|why)\b|[对相]比|同比|环比|占比|比例|增长|变化|趋势|平均|留存|流失|每|没有|不|除|排名|累计|为什么/iu;

/**
 * Chooses the size of model for a question. Signs of difficulty win, and a thread never returns to a smaller size: its
 * follow-ups depend on the hard question, and a vendor's cache belongs to one model.
 */
export function routeModel(signals: RouteSignals): Route {
  if (signals.failures >= enoughFailures) return { tier: 'large', reason: 'two_failures' };
  if (signals.joins > manyJoins) return { tier: 'large', reason: 'many_joins' };
  const own = ownRoute(signals);
  const { thread } = signals;
  return thread !== undefined && tiers.indexOf(thread) >= tiers.indexOf(own.tier)
    ? { tier: thread, reason: 'thread' }
    : own;
}

/** The route of the question without its thread. */
function ownRoute(signals: RouteSignals): Route {
  // A question that failed once is harder than it looked.
  if (signals.failures > 0) return { tier: 'standard', reason: 'default' };
  if (signals.verifiedLikeness >= neighbourLikeness) return { tier: 'small', reason: 'verified_neighbour' };
  if (isLookup(signals)) return { tier: 'small', reason: 'lookup' };
  return { tier: 'standard', reason: 'default' };
}

const isLookup = ({ question, tables }: RouteSignals): boolean =>
  tables === 1 && !analysis.test(question) && lengthInWords(question) <= lookupWords;

/** Words of a text; a Chinese word is about two characters. */
const lengthInWords = (text: string): number => {
  const han = text.match(/\p{Script=Han}/gu)?.length ?? 0;
  return (text.match(/[\p{Script=Latin}\d]+/gu)?.length ?? 0) + Math.ceil(han / 2);
};
