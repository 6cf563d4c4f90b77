/** Sizes of model, smallest first. */
export const tiers = ['small', 'standard', 'large'] as const;
export type Tier = (typeof tiers)[number];

/** Why a model of that size was chosen. Stable: logs, texts and tests refer to it. */
export type RouteReason = 'lookup' | 'verified_neighbour' | 'default' | 'two_failures' | 'many_joins' | 'thread';

export type Route = { readonly tier: Tier; readonly reason: RouteReason };

/** What is known of a question before a model is asked. */
export type RouteSignals = {
  readonly question: string;
  /** Tables that the question's words name. */
  readonly tables: number;
  /** The most joins seen near this question: in the SQL that failed, in the thread, in the nearest verified query. */
  readonly joins: number;
  /** 0 to 1: words that the question has in common with the nearest verified query's phrasing. */
  readonly verifiedLikeness: number;
  /** Statements for this question that did not pass the guard or the database. */
  readonly failures: number;
  /** Size that last answered in this thread. */
  readonly thread: Tier | undefined;
};

/** More joins than this are for the largest model. */
const manyJoins = 5;
/** Failures after which another size is tried. */
const enoughFailures = 2;
/** A question this much like a verified one differs from it in a detail. */
const neighbourLikeness = 0.75;
/** Words of a question that only looks something up, at most. */
const lookupWords = 12;

/** Words that ask for more than looking up: comparisons, rates, changes, cohorts, conditions on groups. */
const analysis =
  /\b(compar\w*|versus|vs|than|growth|grow\w*|change[ds]?|trend\w*|rate|ratio|share|percent\w*|average|median|correlat\w*|cohort\w*|retention|churn\w*|per|each|every|between|without|never|not|except|rank\w*|running|cumulative|previous|forecast|why)\b|[对相]比|同比|环比|占比|比例|增长|变化|趋势|平均|留存|流失|每|没有|不|除|排名|累计|为什么/iu;

/**
 * Which size of model a question goes to. Hard wins over easy, and a thread never goes down again: its follow-ups lean on
 * what was hard, and a vendor's cache belongs to one model.
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

/** As if it stood alone. */
function ownRoute(signals: RouteSignals): Route {
  // What has failed once was not as easy as it looked.
  if (signals.failures > 0) return { tier: 'standard', reason: 'default' };
  if (signals.verifiedLikeness >= neighbourLikeness) return { tier: 'small', reason: 'verified_neighbour' };
  if (isLookup(signals)) return { tier: 'small', reason: 'lookup' };
  return { tier: 'standard', reason: 'default' };
}

const isLookup = ({ question, tables }: RouteSignals): boolean =>
  tables === 1 && !analysis.test(question) && lengthInWords(question) <= lookupWords;

/** A Chinese word is about two characters. */
const lengthInWords = (text: string): number => {
  const han = text.match(/\p{Script=Han}/gu)?.length ?? 0;
  return (text.match(/[\p{Script=Latin}\d]+/gu)?.length ?? 0) + Math.ceil(han / 2);
};
