import { isSlot, slotType } from './slots.ts';

/** Nouns for which "how much" and "total" ask for the sum, so that these words add nothing. */
const measures = new Set(
  'revenue profit margin cost spend amount discount income value price fee turnover earning sum'.split(' '),
);
const timeUnits = new Set(['hour', 'day', 'week', 'weekday', 'month', 'quarter', 'year']);

/** A slot after one of these belongs to it. Other slots, such as "in Berlin" and "in March", may be anywhere. */
const operators = new Set(
  'not WITHOUT EXCEPT VS GT GE LT LE WITH SHARE to between only per against like or and than minu plus never until under over about'.split(
    ' ',
  ),
);
/** Whether a word says how others relate. Such words are never optional. */
export const isOperator = (word: string): boolean => operators.has(word);

/** Operators that follow what they refer to in Chinese: 德国以外. */
const trailingOperators = new Set(['EXCEPT', 'GT', 'LT']);
const isComparator = (element: string | undefined): boolean => ['GT', 'GE', 'LT', 'LE'].includes(element ?? '');
/** Ranking words and their form in a ranking: "most orders" ranks by orders, "largest orders" are orders. */
const ranks: Readonly<Record<string, string>> = { TOP: 'TOP', BOTTOM: 'BOTTOM', MOST: 'TOP', LEAST: 'BOTTOM' };
/** Whether an element is a ranking word. */
export const isRank = (element: string | undefined): boolean => (element ?? '') in ranks;

/** Figures that "the highest …" ranks by. Anything else after it is a thing: "rivers in the largest state". */
const figures = new Set([
  ...measures,
  ...'rate quantity number score share unit volume satisfaction time size COUNT COUNTED'.split(' '),
]);

/** "from {city}", "over {period}", but "over {number}" is a comparison. */
function prepositions(elements: readonly string[]): readonly string[] {
  return elements.flatMap((element, i) => {
    const next = elements[i + 1];
    const type = next !== undefined && isSlot(next) ? slotType(next) : undefined;
    if (type === undefined) return [element];
    const isQuantity = type === 'integer' || type === 'number';
    if (isQuantity) return element === 'over' ? ['GT'] : element === 'under' ? ['LT'] : [element];
    const isDropped = type === 'period' ? ['from', 'during', 'within', 'over'].includes(element) : element === 'from';
    return isDropped ? [] : [element];
  });
}

/** "how much revenue" and "total revenue" are "revenue"; a count in total is a count; 多少客户 is "how many customers". */
function quantities(elements: readonly string[], han: boolean): readonly string[] {
  const measured = elements.some((element) => measures.has(element));
  const counted = elements.includes('COUNT') || elements.includes('COUNTED');
  return elements.flatMap((element, i) => {
    if (element === 'AMOUNT') return measured ? [] : [han ? 'COUNT' : element];
    if (element === 'TOTAL' && counted) return [];
    const beside = measures.has(elements[i + 1] ?? '') || measures.has(elements[i - 1] ?? '');
    return element === 'TOTAL' && beside && !elements.includes('AVG') ? [] : [element];
  });
}

/** "the 5 best customers", "5 customers with the highest …": the number belongs to the ranking word. */
function rankNumber(elements: readonly string[]): readonly string[] {
  const ranks = elements.filter(isRank);
  const at = elements.findIndex((element) => isSlot(element) && slotType(element) === 'integer');
  const number = elements[at];
  if (ranks.length !== 1 || number === undefined || isComparator(elements[at - 1])) return elements;
  const isBeside = isRank(elements[at - 1]) || isRank(elements[at + 1]);
  const isFirst = elements.findIndex((element) => !isSlot(element)) >= at - 1 && at <= 1;
  if (!isBeside && !isFirst) return elements;
  return elements.filter((_, i) => i !== at).flatMap((element) => (isRank(element) ? [element, number] : [element]));
}

type Parts = {
  /** Meanings whose order matters. */
  readonly rest: readonly string[];
  /** Groupings such as "by month"; they may be anywhere. */
  readonly groups: readonly string[];
  /** Slots that may be anywhere. */
  readonly slots: readonly string[];
};

/**
 * How many elements the "by" at `at` governs: one unit of time, one Chinese word, or everything up to the next break.
 */
function groupLength(elements: readonly string[], at: number, han: boolean): number {
  const first = elements[at + 1];
  if (first === undefined) return 0;
  if (timeUnits.has(first) || han || isSlot(first)) return 1;
  const end = elements.findIndex((element, i) => i > at && (isSlot(element) || element === 'BY' || element === 'and'));
  return (end === -1 ? elements.length : end) - at - 1;
}

function split(elements: readonly string[], han: boolean): Parts {
  const [rest, groups, slots]: [string[], string[], string[]] = [[], [], []];
  for (let i = 0; i < elements.length; i++) {
    const element = elements[i] ?? '';
    const isBound = operators.has(elements[i - 1] ?? '') || trailingOperators.has(elements[i + 1] ?? '');
    const type = isSlot(element) ? slotType(element) : undefined;
    if (element === 'BY') {
      const length = groupLength(elements, i, han);
      groups.push(elements.slice(i + 1, i + 1 + length).join(' '));
      i += length;
    } else if (type !== undefined && type !== 'integer' && type !== 'number' && !isBound) slots.push(element);
    else rest.push(element);
  }
  return { rest, groups, slots };
}

/**
 * One form for rankings: "customers with the highest revenue", "top customers by revenue" and 收入最高的客户 are
 * TOP customer, by revenue. English names the thing before the ranking word, Chinese after it.
 */
function ranking(parts: Parts, han: boolean): Parts {
  const at = parts.rest.findIndex(isRank);
  if (at < 0 || parts.rest.filter(isRank).length > 1) return parts;
  const size = isSlot(parts.rest[at + 1] ?? '') ? 2 : 1;
  const word = parts.rest[at] ?? '';
  const rank = [ranks[word] ?? word, ...parts.rest.slice(at + 1, at + size)];
  const before = parts.rest.slice(0, at).filter((element, i, all) => element !== 'WITH' || i < all.length - 1);
  const after = parts.rest.slice(at + size);
  const verb = before.at(-1);
  if (before.length === 0) return /ed$|^sell$/u.test(after[0] ?? '') ? { ...parts, rest: [...rank, ...after] } : parts;
  // "customers who spend most": TOP spend customer.
  if (after.length === 0 && before.length > 1 && verb !== undefined && !han)
    return { ...parts, rest: [...rank, verb, ...before.slice(0, -1)] };
  if (after.length === 0) return { ...parts, rest: [...rank, ...before] };
  const isByFigure = word === 'MOST' || word === 'LEAST' || after.some((element) => figures.has(element));
  if (!han && !isByFigure) return parts;
  const [thing, measure] = han ? [after, before] : [before, after];
  return { ...parts, rest: [...rank, ...thing], groups: [...parts.groups, measure.join(' ')] };
}

/** "top customers by number of orders" is "by orders"; 客户数量 and "customer count" are "number of customers". */
function counting({ rest, groups, slots }: Parts): Parts {
  const isRanking = rest.some(isRank);
  const uncounted = groups.map((group) =>
    isRanking
      ? group
          .split(' ')
          .filter((word) => word !== 'COUNT' && word !== 'COUNTED')
          .join(' ')
      : group,
  );
  const isTrailing = rest.at(-1) === 'COUNT' && rest.length > 1;
  const plain = rest.filter((element, i) => element !== 'COUNTED' && !(isTrailing && i === rest.length - 1));
  const isCount = isTrailing || plain.length < rest.length;
  return { rest: isCount ? ['COUNT', ...plain] : plain, groups: uncounted, slots };
}

/**
 * One string for all ways to say the same: two texts mean the same exactly when their keys are equal. The order of
 * meanings matters; only "by …" groups and free slots may move, and slots of one type keep their order.
 */
export function meaningKey(elements: readonly string[], han: boolean): string {
  const prepared = rankNumber(quantities(prepositions(elements), han));
  const { rest, groups, slots } = counting(ranking(split(prepared, han), han));
  return [rest.join(' '), ...groups.toSorted(), slots.toSorted((a, b) => (a < b ? -1 : 1)).join(' ')].join(' | ');
}
