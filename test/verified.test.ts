import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { createChronoDates } from '../src/adapters/dates/chrono-dates.ts';
import { openVerifiedFile, parseVerifiedFile } from '../src/adapters/sources/open-verified-file.ts';
import { readSourceFile } from '../src/adapters/sources/read-source-file.ts';
import { isMemoriError } from '../src/core/base/errors.ts';
import type { ResultRows } from '../src/core/data/database.ts';
import { readPeriods } from '../src/core/language/periods.ts';
import { normalise } from '../src/core/language/tokens.ts';
import { serialiseParameters } from '../src/core/verified/parameters.ts';
import { renderSentence } from '../src/core/verified/render-sentence.ts';
import type { ExactMatch, MatchContext, VerifiedMatch } from '../src/core/verified/verified-match.ts';
import { createVerifiedQueries } from '../src/core/verified/verified-queries.ts';
import { catalogueOfValues } from './support/catalogue.ts';
import { readJsonLines } from './support/json-lines.ts';

const fixture = (name: string): string => readFileSync(new URL(`fixtures/${name}`, import.meta.url), 'utf8');
const jsonLines = <T>(name: string): readonly T[] => readJsonLines(new URL(`fixtures/${name}`, import.meta.url));

/** A catalogue with the columns of the demo shop that parameters take their values from. */
const today = '2026-10-31';
const dates = createChronoDates();
const shop = createVerifiedQueries({
  queries: await openVerifiedFile(new URL('../demo/shop.verified.yaml', import.meta.url).pathname),
  catalogue: catalogueOfValues(JSON.parse(fixture('demo-values.json')) as Record<string, string[]>),
  today: () => today,
  dates,
});

const ask = (question: string, context: Partial<MatchContext> = {}): VerifiedMatch =>
  shop.match(question, { locale: /\p{Script=Han}/u.test(question) ? 'zh' : 'en', ...context });

function matched(question: string, context: Partial<MatchContext> = {}): ExactMatch {
  const match = ask(question, context);
  if (match.kind !== 'match') throw new Error(`no match: ${question} → ${JSON.stringify(match)}`);
  return match;
}

const idOf = (question: string): string | undefined => {
  const match = ask(question);
  return match.kind === 'match' ? match.query.id : undefined;
};
const kept = (match: ExactMatch) => serialiseParameters(match.parameters);

type Expected = { readonly question: string; readonly id: string; readonly parameters: Record<string, unknown> };
const asKept = (value: unknown): string => (Array.isArray(value) ? value.join('/') : String(value));

describe('questions of the demo shop', () => {
  const questions = jsonLines<Expected>('demo-questions.jsonl');
  const nearMisses = jsonLines<{ readonly question: string }>('demo-near-misses.jsonl');

  it('never answers a near miss or an unrelated question', () => {
    expect(nearMisses.length).toBeGreaterThanOrEqual(100);
    expect(nearMisses.filter(({ question }) => ask(question).kind === 'match')).toEqual([]);
  });

  it('answers at least 90 % of the others, each with the right query and parameters', () => {
    const answered = questions.flatMap((expected) => {
      const match = ask(expected.question);
      return match.kind === 'match' ? [{ expected, match }] : [];
    });
    const wrong = answered.filter(
      ({ expected, match }) =>
        match.query.id !== expected.id ||
        Object.entries(expected.parameters).some(([name, value]) => kept(match)[name] !== asKept(value)),
    );
    expect(wrong.map(({ expected }) => expected.question)).toEqual([]);
    expect(answered.length / questions.length).toBeGreaterThanOrEqual(0.9);
  });

  it('suggests only questions that are understood, one for each query', () => {
    for (const locale of ['en', 'zh'] as const) {
      const texts = [
        ...shop.suggest(12, locale),
        ...['revenu by moth', 'customers berlin', '客户'].flatMap((text) => shop.nearest(text, 4, locale)),
      ];
      expect(texts.length).toBeGreaterThan(8);
      for (const { text, queryId } of texts) expect([text, idOf(text)]).toEqual([text, queryId]);
    }
  });

  it('words suggestions as questions that a person would ask', () => {
    const near = (text: string, locale: 'en' | 'zh' = 'en') => shop.nearest(text, 3, locale).map((each) => each.text);
    expect(near('net revenue of Bath in September 2026')[0]).toBe('Net revenue of Bath in September 2026');
    expect(near('how many orders in August 2026')).toContain('Orders by month in August 2026');
    expect(near('refunds monthly from 1 May 2026 to 7 June 2026')).toContain(
      'Refunds by month from 1 May 2026 to 7 Jun 2026',
    );
    expect(near('compare revenue last month with last quarter')[0]).toBe(
      'Compare revenue last month with 2 months ago',
    );
    expect(shop.suggest(40, 'en').map(({ text }) => text)).toContain('How many web sessions did we have last month?');
  });

  it('gives the values of the placeholders', () => {
    const { sql, values } = shop.bind(matched('top 7 products in Garden for Q2 2026'));
    expect(sql).toContain(':category');
    expect(values).toEqual({
      n: { type: 'integer', value: 7 },
      category: { type: 'text', value: 'Garden' },
      period_start: { type: 'date', value: '2026-04-01' },
      period_end: { type: 'date', value: '2026-07-01' },
    });
  });
});

describe('every word is accounted for', () => {
  const base = [
    'revenue in Berlin last month',
    'top 5 customers in 2025',
    'how many orders yesterday',
    'monthly revenue for 2025',
    'conversion rate by device',
    'refunds by reason in March 2026',
    'how many open tickets',
  ];
  const weighty = [
    ...['not', 'without', 'except', 'excluding', 'average', 'per', 'median', 'only', 'never', 'vs', 'compare', 'less'],
    ...['Hamburg', 'profit', 'forecast', '42', 'unless', 'percent', 'before', 'minimum', 'or'],
  ];

  it('is another question with one more word that has weight, wherever it stands', () => {
    fc.assert(
      fc.property(fc.constantFrom(...base), fc.constantFrom(...weighty), fc.nat(), (question, word, at) => {
        const words = question.split(' ');
        words.splice(at % (words.length + 1), 0, word);
        const [match, original] = [ask(words.join(' ')), matched(question)];
        return match.kind !== 'match' || JSON.stringify(kept(match)) !== JSON.stringify(kept(original));
      }),
      { numRuns: 800 },
    );
  });

  it('is another question when a word with weight is left out', () => {
    for (const question of ['customers orders', 'rate by device', 'open', 'revenue by', 'top in 2025']) {
      expect([question, ask(question).kind]).not.toEqual([question, 'match']);
    }
  });

  it('does not mind politeness, case, punctuation, contractions and word order of free parts', () => {
    const expected = kept(matched('revenue in Berlin last month'));
    for (const question of [
      'Please show me the revenue in Berlin last month!',
      'LAST MONTH: REVENUE IN BERLIN',
      "what's our revenue in berlin in September 2026?",
      'In Berlin, what was the revenue last month, please',
      'could you tell me our sales in Berlin, last month',
    ]) {
      expect([question, kept(matched(question))]).toEqual([question, expected]);
    }
  });

  it('does not give a period to a query that has none', () => {
    expect(idOf('how many open tickets do we have')).toBe('open-tickets');
    expect(idOf('how many open tickets did we have last month')).toBeUndefined();
  });
});

describe('parameters', () => {
  it('a changed number, value or period changes that parameter and nothing else', () => {
    const [cities, years] = [
      ['Berlin', 'Paris', 'Zurich', 'Shanghai'],
      [2024, 2025, 2026],
    ];
    fc.assert(
      fc.property(fc.constantFrom(...cities), fc.constantFrom(...years), fc.nat({ max: 3 }), (city, year, quarter) => {
        const match = matched(`revenue in ${city} in Q${quarter + 1} ${year}`);
        const start = `${year}-${String(quarter * 3 + 1).padStart(2, '0')}-01`;
        expect(kept(match)).toMatchObject({ city, period: expect.stringContaining(`${start}/`) });
      }),
    );
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 100 }), (n) => {
        expect(kept(matched(`top ${n} products`)).n).toBe(String(n));
      }),
    );
  });

  it('reads number words, in both languages, and keeps to the limits', () => {
    expect(kept(matched('top five products')).n).toBe('5');
    expect(kept(matched('top twenty-five products')).n).toBe('25');
    expect(kept(matched('销售额前十的产品')).n).toBe('10');
    expect(kept(matched('orders over €1,500 last month')).amount).toBe('1500');
    expect(ask('top 5000 products').kind).not.toBe('match');
    expect(ask('revenue on 31 April 2026').kind).not.toBe('match');
  });

  it('finds values whatever their case, by synonyms, and one letter off only when it says so', () => {
    expect(kept(matched('revenue in ZURICH')).city).toBe('Zurich');
    expect(kept(matched('revenue in Zürich')).city).toBe('Zurich');
    expect(matched('revenue in Hambrug').interpretation).toContain('reading it as “Hamburg”');
    expect(matched('revenue in Hamburg').interpretation).not.toContain('reading it as');
    expect(ask('revenue in Rom').kind).not.toBe('match');
    expect(ask('revenue in Lisbon').kind).not.toBe('match');
  });

  it('says which defaults were taken', () => {
    const match = matched('net revenue');
    expect(match.parameters.period).toMatchObject({ asked: false, display: '1 Nov 2025 – 31 Oct 2026' });
    expect(match.interpretation).toContain('1 Nov 2025 – 31 Oct 2026');
  });

  const span = (text: string): string => {
    const periods = readPeriods(normalise(text), today, dates);
    return periods.map((period) => `${period.span.start} ${period.span.end}`).join(', ');
  };

  it.each([
    ['in March 2026', '2026-03-01 2026-04-01'],
    ['2025', '2025-01-01 2026-01-01'],
    ['Q3 2025', '2025-07-01 2025-10-01'],
    ['third quarter of last year', '2025-07-01 2025-10-01'],
    ['second half of 2025', '2025-07-01 2026-01-01'],
    ['between 1 May and 15 June', '2026-05-01 2026-06-16'],
    ['from Nov to Feb', '2025-11-01 2026-03-01'],
    ['Jan to March 2025', '2025-01-01 2025-04-01'],
    ['since June', '2026-06-01 2026-11-01'],
    ['before March', '0001-01-01 2026-03-01'],
    ['until 15 March 2026', '0001-01-01 2026-03-16'],
    ['last month', '2026-09-01 2026-10-01'],
    ['this quarter', '2026-10-01 2027-01-01'],
    ['past 30 days', '2026-10-02 2026-11-01'],
    ['last twelve months', '2025-11-01 2026-11-01'],
    ['yesterday', '2026-10-30 2026-10-31'],
    ['year to date', '2026-01-01 2026-11-01'],
    ['December', '2025-12-01 2026-01-01'],
    ['last week', '2026-10-19 2026-10-26'],
    ['2026-03', '2026-03-01 2026-04-01'],
    ['2026-03-05', '2026-03-05 2026-03-06'],
    ['all time', '0001-01-01 9999-12-31'],
    ['上个月', '2026-09-01 2026-10-01'],
    ['去年', '2025-01-01 2026-01-01'],
    ['去年3月', '2025-03-01 2025-04-01'],
    ['最近30天', '2026-10-02 2026-11-01'],
    ['2026年3月', '2026-03-01 2026-04-01'],
    ['2025年第三季度', '2025-07-01 2025-10-01'],
    ['5月1日到6月15日', '2026-05-01 2026-06-16'],
    ['今年以来', '2026-01-01 2026-11-01'],
    ['since monday', '2026-10-26 2026-11-01'],
    ['on friday', '2026-10-30 2026-10-31'],
    ['next monday', ''],
    ['two months ago', '2026-08-01 2026-09-01'],
    ['3 weeks ago', '2026-10-05 2026-10-12'],
    ['previous 2 quarters', '2026-04-01 2026-10-01'],
    ['as of 30 June 2026', '0001-01-01 2026-07-01'],
    ['两个月前', '2026-08-01 2026-09-01'],
    ['看看九月的', '2026-09-01 2026-10-01'],
    ['看看2025年11月的', '2025-11-01 2025-12-01'],
    ['九月三日', '2026-09-03 2026-09-04'],
    ['近3月', '2026-08-01 2026-11-01'],
    ['2025年前十的客户', '2025-01-01 2026-01-01'],
    ['2025年前', '0001-01-01 2025-01-01'],
    ['下周一', ''],
    ['which weekday is the second best', ''],
    ['may I see the top 5', ''],
    ['4/5 stars', ''],
  ])('reads %s', (text, expected) => {
    expect(span(text)).toBe(expected);
  });
});

describe('follow-ups', () => {
  const askedBefore = (question: string): Partial<MatchContext> => {
    const match = matched(question);
    return { previous: { queryId: match.query.id, parameters: kept(match) } };
  };

  it.each([
    ['revenue in Berlin last month', 'and in Hamburg?', { city: 'Hamburg', period: '2026-09-01/2026-10-01' }],
    ['revenue in Berlin last month', 'what about last year', { city: 'Berlin', period: '2025-01-01/2026-01-01' }],
    ['revenue in Berlin last month', 'and for 2025?', { city: 'Berlin', period: '2025-01-01/2026-01-01' }],
    ['revenue by month in 2025', 'by week', { grain: 'week', period: '2025-01-01/2026-01-01' }],
    ['top 10 products in 2025', 'top 3', { n: '3', period: '2025-01-01/2026-01-01' }],
    ['上海上个月的收入', '那北京呢', { city: 'Beijing', period: '2026-09-01/2026-10-01' }],
  ])('%s → %s', (first, then, expected) => {
    const match = matched(then, askedBefore(first));
    expect(match.followUp).toBe(true);
    expect(kept(match)).toEqual(expected);
  });

  it('anything else is a question of its own', () => {
    for (const text of [
      'and not in Hamburg',
      'average in Hamburg',
      'and customers in Hamburg',
      'why?',
      'and in Lisbon',
      'and',
    ])
      expect([text, ask(text, askedBefore('revenue in Berlin last month')).kind]).not.toEqual([text, 'match']);
    expect(matched('top 3 products', askedBefore('revenue in Berlin')).followUp).toBe(false);
  });

  it('is half a question when it goes on: what was asked before is not left out', () => {
    const before = askedBefore('revenue in Berlin last month');
    expect(matched('订单数呢').query.id).toBe('orders');
    expect(ask('订单数呢', { ...before, leans: true }).kind).not.toBe('match');
    expect(kept(matched('what about last year', { ...before, leans: true }))).toMatchObject({ city: 'Berlin' });
  });
});

describe('a country that is spelt like a pronoun', () => {
  it('is no word without weight', () => {
    for (const text of ['revenue in the US last month', 'US revenue last month', 'revenue in the us'])
      expect([text, ask(text).kind]).not.toEqual([text, 'match']);
    expect(matched('Show us revenue last month').query.id).toBe('net-revenue');
  });
});

describe('definitions of the team', () => {
  const definitions = [
    { id: 'm1', term: 'GMV', meaning: 'gross revenue' },
    { id: 'm2', term: 'conversion rate', meaning: 'carts divided by sessions' },
  ];

  it('replaces the term by its meaning and says which it used', () => {
    const match = matched('GMV last month', { definitions });
    expect([match.query.id, match.definitions]).toEqual(['gross-revenue', ['m1']]);
    expect(matched('revenue in Berlin', { definitions }).definitions).toEqual([]);
  });

  it('does not answer with a query that means something else by the term', () => {
    expect(ask('conversion rate last month', { definitions }).kind).toBe('none');
  });
});

describe('the first screen', () => {
  it('offers only questions that are answered', async () => {
    const { examples } = await readSourceFile(new URL('../demo/source.yaml', import.meta.url).pathname);
    for (const locale of ['en', 'zh'] as const)
      for (const question of examples[locale])
        expect(shop.match(question, { locale })).toMatchObject({ kind: 'match' });
  });
});

describe('the answer sentence', () => {
  const result = (row: ResultRows['rows'][number] | undefined): ResultRows => ({
    columns: [
      { name: 'net_revenue', type: 'number' },
      { name: 'orders', type: 'integer' },
      { name: 'month', type: 'date' },
      { name: 'order_id', type: 'integer' },
    ],
    rows: row === undefined ? [] : [row],
    rowCount: row === undefined ? 0 : 1,
    truncated: false,
    ms: 1,
  });

  it('formats figures, dates and NULL', () => {
    const text = renderSentence(
      '{net_revenue} {orders} {month} {order_id} {rows}',
      result([1234.5, '9007199254740993', '2026-03-01', 12345]),
      'en',
    );
    expect(text).toBe('1,234.50 9,007,199,254,740,993 March 2026 12345 1');
    expect(renderSentence('{net_revenue}', result([null, 1, null, 1]), 'zh')).toBe('–');
    const share = { ...result([13.6, 1, null, 1]), columns: [{ name: 'share_pct', type: 'number' as const }] };
    expect(renderSentence('{share_pct}%', share, 'en')).toBe('13.6%');
  });

  it('takes figures over all rows, and none over rows that were cut', () => {
    const all: ResultRows = {
      ...result([0.1, 3, '2026-01-01', 1]),
      rows: [
        [0.1, 3, '2026-01-01', 1],
        [0.2, 9, '2026-02-01', 2],
        [null, 4, '2026-03-01', 3],
      ],
      rowCount: 3,
    };
    const template = '{sum net_revenue}, {max orders} in {month at max orders}, {min orders} to {last orders}';
    expect(renderSentence(template, all, 'en')).toBe('0.30, 9 in February 2026, 3 to 4');
    expect(renderSentence('{sum orders}', { ...all, truncated: true }, 'en')).toBeUndefined();
    expect(renderSentence('{sum nothing}', all, 'en')).toBeUndefined();
  });

  it('has no holes: an unknown name gives no sentence, no rows give a plain one', () => {
    expect(renderSentence('{nothing}', result([1, 1, null, 1]), 'en')).toBeUndefined();
    expect(shop.sentence(matched('revenue in Berlin'), result(undefined), 'en')).toBe(
      'Nothing found: Net revenue in Berlin, 1 Nov 2025 – 31 Oct 2026.',
    );
  });
});

describe('files of verified queries', () => {
  const valid = `queries:
  - id: orders
    title: Orders
    questions:
      - how many orders {period}
      - number of orders
    parameters:
      period: {type: period, default: this year}
    sql: SELECT count(*) AS orders FROM orders WHERE at >= :period_start AND at < :period_end
`;

  it.each([
    ['broken YAML', valid.replace('title: Orders', 'title: Orders: all'), 3, 'not YAML'],
    ['an alias of nothing', valid.replace('{type: period, default: this year}', '*missing'), 8, 'missing'],
    ['a wrong id', valid.replace('id: orders', 'id: My Orders'), 2, 'lower-case words'],
    ['an unknown key', valid.replace('title: Orders', 'title: Orders\n    titel: Orders'), 4, 'titel'],
    ['a slot that is no parameter', valid.replace('number of orders', 'orders in {city}'), 6, '{city} is no parameter'],
    ['a placeholder that is no parameter', valid.replace(':period_end', ':stop'), 9, ':stop is no parameter'],
    ['an id that is taken', `${valid}${valid.replace('queries:\n', '')}`, 10, 'taken'],
  ])('names the line of %s, and the fix', (_, text, line, message) => {
    expect(parseVerifiedFile(valid, 'shop.yaml')).toHaveLength(1);
    try {
      parseVerifiedFile(text, 'shop.yaml');
      throw new Error('accepted');
    } catch (error) {
      if (!isMemoriError(error, 'config_invalid')) throw error;
      expect(error.message).toContain(`shop.yaml:${line}:`);
      expect(error.message).toContain(message);
      expect(error.next).toContain(`line ${line}`);
    }
  });

  it('says so when the file cannot be read', async () => {
    await expect(openVerifiedFile('/nowhere/shop.yaml')).rejects.toMatchObject({ code: 'config_invalid' });
  });
});
