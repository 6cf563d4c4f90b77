import type { Hint, Word } from './words.ts';

export const englishWords: Readonly<Partial<Record<Word, readonly string[]>>> = {
  COUNT: ['how many', 'number of', 'count of', 'count', 'total number of', 'how many different', 'the numbers of', 'amount of', 'total count of', 'count the number of', 'find the number of'],
  SUM: ['total', 'sum of', 'sum', 'overall', 'combined', 'total amount of'],
  AVG: ['average', 'avg', 'mean', 'average of', 'on average'],
  MIN: ['minimum', 'min'],
  MAX: ['maximum', 'max'],
  DISTINCT: ['distinct', 'different', 'unique'],
  HIGH: ['highest', 'largest', 'biggest', 'greatest', 'maximum', 'max', 'top', 'high'],
  LOW: ['lowest', 'smallest', 'minimum', 'min', 'low'],
  MOST: ['most', 'most number of', 'largest number of', 'highest number of', 'greatest number of', 'maximum number of', 'largest amount of', 'most amount of', 'biggest number of'],
  LEAST: ['least', 'fewest', 'least number of', 'smallest number of', 'lowest number of', 'fewest number of', 'minimum number of', 'smallest amount of'],
  TOP: ['top', 'best', 'first'],
  BOTTOM: ['bottom', 'worst'],
  COMMON: ['most common', 'most frequent', 'most popular', 'most commonly occurring', 'most used', 'most frequently used'],
  RARE: ['least common', 'least popular', 'rarest', 'least used'],
  BY: ['by', 'per', 'broken down by', 'grouped by', 'split by', 'group by', 'according to'],
  EACH: ['each', 'every', 'for each', 'of each', 'in each', 'for every', 'from each', 'of every', 'by each', 'to each', 'with each', 'in every'],
  ORDER: ['ordered by', 'sorted by', 'order by', 'sort by', 'in order of', 'in the order of', 'arranged by', 'sorted in', 'ordered in', 'listed in', 'ordered', 'sorted', 'sort', 'ranked by', 'in order by', 'order them by', 'sorted according to', 'order', 'sort them by', 'listed by', 'list them in', 'sort the list by', 'sort the result by', 'rank by'],
  ASC: ['ascending', 'ascending order', 'in ascending order', 'increasing order', 'in increasing order', 'ascending order of', 'in ascending order of', 'in ascending order by', 'from lowest to highest', 'from low to high', 'from smallest to largest', 'lowest first', 'smallest first', 'from the lowest to the highest', 'from youngest to oldest', 'in increasing order of', 'from least to most', 'in order'],
  ALPHA: ['alphabetically', 'alphabetical order', 'in alphabetical order', 'in alphabetical order of', 'in ascending alphabetical order', 'in ascending alphabetical order of', 'lexicographical order', 'in lexicographical order', 'in lexicographic order', 'lexicographically'],
  DESC: ['descending', 'descending order', 'in descending order', 'decreasing order', 'in decreasing order', 'descending order of', 'in descending order of', 'in descending order by', 'from highest to lowest', 'from high to low', 'from largest to smallest', 'in reverse alphabetical order', 'in descending alphabetical order', 'in reverse order', 'highest first', 'largest first', 'biggest first', 'from the oldest to the youngest', 'from oldest to youngest', 'in decreasing order of', 'from the highest to the lowest', 'from most to least', 'descendingly', 'from the largest to the smallest', 'in descending alphabetical order of', 'in reverse alphabetical order of'],
  AND: ['and', 'as well as', 'along with', 'and also', 'together with', '&', 'and the', 'and their', 'but'],
  OR: ['or', 'and or', 'or the'],
  NOT: ['not', 'except', 'excluding', 'exclude', 'except for', 'other than', 'apart from', 'outside', 'outside of', 'is not', 'are not', 'not from', 'not in', 'without', 'does not', 'do not', 'did not', 'not including'],
  WITH: ['with', 'have', 'has', 'had', 'having', 'that have', 'who have', 'which have', 'that has', 'who has', 'that had', 'own', 'owns', 'does have', 'do have', 'contain', 'contains', 'in possession of'],
  WITHOUT: ['without', 'with no', 'without any', 'have no', 'has no', 'had no', 'that have no', 'who have no', 'do not have', 'does not have', 'did not have', 'do not have any', 'does not have any', 'do not own', 'do not own any', 'does not own any', 'have not had', 'have not had any', 'with zero', 'did not have any', 'never had', 'that do not have', 'that do not have any', 'that did not have any', 'who do not have', 'who do not have any', 'have not', 'have never had'],
  ANY: ['any', 'some', 'at least one', 'one or more', 'a'],
  GT: ['more than', 'above', 'greater than', 'over', 'higher than', 'larger than', 'bigger than', 'exceeding', 'exceeds', '>', 'is over', 'strictly more than', 'beyond', 'no smaller than or equal'],
  GE: ['at least', 'no less than', 'no fewer than', '>=', 'minimum of', 'greater than or equal to', 'more than or equal to'],
  LT: ['less than', 'fewer than', 'below', 'under', 'lower than', 'smaller than', '<'],
  LE: ['at most', 'no more than', 'up to', '<=', 'not more than', 'maximum of', 'less than or equal to', 'fewer than or equal to'],
  EQ: ['equal to', 'equals', 'equal', 'exactly', '=', 'is equal to', 'is', 'was', 'are', 'of', 'were', 'is either', 'are either'],
  BETWEEN: ['between', 'ranging from', 'in the range of', 'from'],
  ORMORE: ['or more', 'or above', 'or higher', 'and above', 'or greater', 'or after', 'or later', 'or over', '+'],
  ORLESS: ['or less', 'or fewer', 'or below', 'or lower', 'and below', 'or before', 'or earlier'],
  CONTAINS: ['contains', 'contain', 'containing', 'include', 'includes', 'including', 'with the substring', 'contains the substring', 'contains the word', 'containing the word', 'contain the word', 'include the substring', 'that contain', 'that contains', 'includes the word', 'has the substring', 'have the substring'],
  STARTS: ['start with', 'starts with', 'starting with', 'begin with', 'begins with', 'beginning with', 'that start with', 'start with the letter', 'starts with the letter', 'starting with the letter', 'begin with the letter'],
  ENDS: ['end with', 'ends with', 'ending with', 'end in', 'ends in', 'ending in'],
  SHARE: ['share of', 'share', 'percentage of', 'percentage', 'percent of', '% of', 'proportion of', 'as a share', 'as a percentage', 'as shares', 'what share of', 'as percentage', 'share of total', 'as a share of total', 'as a share of the total', 'in percent', 'as percent'],
  CHANGE: ['change in', 'growth of', 'growth in', 'growth', 'change', 'change of', 'changes in', 'develop', 'increase in', 'decrease in', 'how did change'],
  VS: ['vs', 'versus', 'compared with', 'compared to', 'in comparison with', 'in comparison to', 'against', 'relative to', 'vs.'],
  BEFORE: [
    ...['day', 'week', 'month', 'quarter', 'year', 'period'].flatMap((unit) => [
      `the ${unit} before`,
      `the previous ${unit}`,
      `previous ${unit}`,
      `the prior ${unit}`,
      `the ${unit} prior`,
      `the preceding ${unit}`,
    ]),
    ...['month over month', 'quarter over quarter', 'week over week', 'day over day', 'mom', 'qoq', 'wow'],
  ],
  YEARAGO: ['year over year', 'yoy', 'year on year', ...['day', 'week', 'month', 'quarter', 'period', 'time'].flatMap((unit) => [`the same ${unit} last year`, `the same ${unit} a year ago`, `the same ${unit} a year before`, `same ${unit} last year`, `the same ${unit} the year before`, `the same ${unit} of the previous year`])],
  UNIT: ['euro', 'dollar', 'percent', '%', 'piece', 'year old', 'years of age', 'unit', 'hour', 'pound', 'million', 'kg', 'usd', 'eur'],
};

/** Politeness, articles, auxiliaries: nothing that narrows a question. */
export const englishNoise: readonly string[] = [
  ...['please', 'thanks', 'thank you', 'can you', 'could you', 'would you', 'can i', 'could i', 'hi', 'hey', 'ok', 'so'],
  ...['show', 'show me', 'show us', 'give', 'give me', 'give us', 'tell me', 'tell us', 'display', 'list', 'list out', 'return', 'return me', 'find', 'find out', 'get', 'get me', 'fetch', 'report', 'plot', 'draw', 'chart', 'print', 'see', 'compute', 'calculate', 'present', 'let me see', 'let me know', 'i want to know', 'i want to see', 'i want', 'i need', 'i would like to see', 'i would like to know', 'provide', 'identify', 'determine', 'look up', 'select', 'enumerate'],
  ...['a', 'an', 'the', 'our', 'of', 'in', 'at', 'on', 'for', 'from', 'to', 'is', 'are', 'was', 'were', 'be', 'been', 'being', 'do', 'does', 'did', 'we', 'there', 'as', 'it', 'its', 'their', 'his', 'her', 'his or her', 'they', 'them', 'these', 'those', 'also', 'either', 'named', 'called', 'whole', 'then', 'me', 'us', 'you'],
  ...['what', 'which', 'who', 'whose', 'that', 'where', 'who is', 'what is', 'what are', 'which are', 'all', 'all the', 'how much', 'what about', 'how about', 'among', 'across', 'across all', 'within', 'during', 'out of', 'how much is', 'how'],
  ...['do we have', 'did we have', 'we have', 'did we get', 'do we get', 'did we make', 'did we sell', 'are there', 'were there', 'there are', 'exist', 'in total', 'altogether', 'in all', 'came', 'come', 'come from', 'came from', 'made', 'respectively', 'corresponding', 'list of', 'a list of', 'the list of', 'information', 'details of', 'value of', 'values of', 'has been', 'have been', 'had been', 'happened', 'that are', 'each of', 'because', 'because of', 'about', 'stored', 'that were', 'currently', 'available', 'records', 'record', 'kind of', 'kinds of', 'sort of', 'possible', 'specific', 'given', 'total of', 'we', 'located', 'live', 'lives', 'living', 'located in', 'based', 'based in', 'took place', 'take place', 'held', 'whose is'],
];

/** Verbs that only say that two things belong together, which the joins say already. */
const linkingVerbs = 'use uses used using own owns owned owning belong belongs belonging perform performs performed performing produce produces produced producing speak speaks spoken speaking teach teaches taught teaching attend attends attended visit visits visited visiting play plays played playing operate operates operated operating treat treated treats contain contains contained feature features featured offer offers offered hold holds assigned associated related done do does made makes make receive received receives got went go goes serve serves run runs take takes took taken participate participated participates participating work works working enrolled registered';
export const englishLinks: readonly string[] = linkingVerbs.split(' ').flatMap((verb) => [verb, `${verb} by`, `${verb} in`, `${verb} to`, `${verb} with`, `${verb} at`, `${verb} for`, `${verb} through`, `${verb} from`, `is ${verb}`, `are ${verb}`, `have ${verb}`, `has ${verb}`]);

const orderedBy = (high: boolean, ...hints: string[]): Hint => ({ high, hints });
const older = [orderedBy(true, 'age'), orderedBy(false, 'birth'), orderedBy(false, 'birthday')];
const younger = [orderedBy(false, 'age'), orderedBy(true, 'birth'), orderedBy(true, 'birthday')];
const time = ['date', 'time', 'year', 'created', 'day', 'on', 'at'];

export const hintedSuperlatives: Readonly<Record<string, readonly Hint[]>> = {
  oldest: older,
  youngest: younger,
  'most recent': [orderedBy(true, ...time)],
  latest: [orderedBy(true, ...time)],
  newest: [orderedBy(true, ...time)],
  earliest: [orderedBy(false, ...time)],
  heaviest: [orderedBy(true, 'weight')],
  lightest: [orderedBy(false, 'weight')],
  tallest: [orderedBy(true, 'height')],
  shortest: [orderedBy(false, 'height', 'length', 'duration')],
  longest: [orderedBy(true, 'length', 'duration')],
  cheapest: [orderedBy(false, 'price', 'cost')],
  'least expensive': [orderedBy(false, 'price', 'cost')],
  'most expensive': [orderedBy(true, 'price', 'cost')],
  fastest: [orderedBy(true, 'speed')],
  slowest: [orderedBy(false, 'speed')],
  richest: [orderedBy(true, 'net worth', 'money', 'earning')],
  'most populous': [orderedBy(true, 'population')],
  'least populous': [orderedBy(false, 'population')],
  最贵: [orderedBy(true, 'price', 'cost')],
  最便宜: [orderedBy(false, 'price', 'cost')],
};

export const hintedComparatives: Readonly<Record<string, readonly Hint[]>> = {
  'older than': older,
  'younger than': younger,
  'heavier than': [orderedBy(true, 'weight')],
  'lighter than': [orderedBy(false, 'weight')],
  'taller than': [orderedBy(true, 'height')],
  'shorter than': [orderedBy(false, 'height', 'length')],
  'longer than': [orderedBy(true, 'length', 'duration')],
  'cheaper than': [orderedBy(false, 'price', 'cost')],
  'more expensive than': [orderedBy(true, 'price', 'cost')],
  'cost more than': [orderedBy(true, 'price', 'cost')],
  'cost less than': [orderedBy(false, 'price', 'cost')],
  贵于: [orderedBy(true, 'price', 'cost')],
};
