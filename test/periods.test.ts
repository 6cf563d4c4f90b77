import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { createChronoDates } from '../src/adapters/dates/chrono-dates.ts';
import { openSemanticFile } from '../src/adapters/sources/open-semantic-file.ts';
import { openVerifiedFile } from '../src/adapters/sources/open-verified-file.ts';
import { findCutRows, withCutMarks } from '../src/core/answers/cut-rows.ts';
import type { ResultRows } from '../src/core/data/database.ts';
import { cutBuckets, inBuckets } from '../src/core/language/buckets.ts';
import { add, startOf, type Unit } from '../src/core/language/calendar.ts';
import type { Day } from '../src/core/language/dates.ts';
import { likeForLike } from '../src/core/language/like-for-like.ts';
import { readPeriods } from '../src/core/language/periods.ts';
import { normalise } from '../src/core/language/tokens.ts';
import { createMeasures, type Measures } from '../src/core/measures/create-measures.ts';
import { draftModel } from '../src/core/measures/model/draft-model.ts';
import type { OssieModel } from '../src/core/measures/model/ossie.ts';
import type { ExactMatch, VerifiedMatch } from '../src/core/verified/verified-match.ts';
import { createVerifiedQueries } from '../src/core/verified/verified-queries.ts';
import { catalogueOf, catalogueOfValues, column, table } from './support/catalogue.ts';
import { startMemori, type TestMemori } from './support/start-memori.ts';

const path = (name: string): string => fileURLToPath(new URL(`../${name}`, import.meta.url));
const today = '2026-10-31';
const dates = createChronoDates();
const units: readonly Unit[] = ['day', 'week', 'month', 'quarter', 'year'];
const daysBetween = (a: Day, b: Day): number => Math.round((Date.parse(b) - Date.parse(a)) / 86_400_000);
const anyDay = fc.integer({ min: -2000, max: 2000 }).map((days) => add('2024-02-29', days, 'day'));
const anyUnit = fc.constantFrom(...units);

const shopModel = (await openSemanticFile(path('demo/shop.semantic.yaml'))).semantic_model[0] as OssieModel;
const measuresOf = (
  model: OssieModel,
  catalogue?: Parameters<typeof draftModel>[0],
  defaultPeriod?: string,
): Measures =>
  createMeasures({
    model,
    catalogue,
    today: () => today,
    dates,
    ...(defaultPeriod === undefined ? {} : { defaultPeriod }),
  });
const shop = measuresOf(shopModel, undefined, 'last 12 months');

const localeOf = (text: string): 'en' | 'zh' => (/\p{Script=Han}/u.test(text) ? 'zh' : 'en');
/** What a question, or a conversation, is understood as; the choices when it is asked back. */
function understood(measures: Measures, ...questions: readonly string[]): string | readonly string[] | undefined {
  let reply: ReturnType<Measures['ask']> | undefined;
  for (const question of questions)
    reply = measures.ask(question, {
      locale: localeOf(question),
      previous: reply?.kind === 'answer' ? reply.reading : undefined,
    });
  if (reply?.kind === 'ask') return reply.suggestions.map(({ text }) => text);
  return reply?.kind === 'answer' ? reply.explanation : undefined;
}

describe('periods in words', () => {
  it.each([
    ['week 45', '2025-11-03', '2025-11-10'],
    ['week 1 of 2026', '2025-12-29', '2026-01-05'],
    ['2025年第45周', '2025-11-03', '2025-11-10'],
    ['the last 3 full months', '2026-07-01', '2026-10-01'],
    ['last full quarter', '2026-07-01', '2026-10-01'],
    ['the first week of October', '2026-10-01', '2026-10-08'],
    ['last month of 2025', '2025-12-01', '2026-01-01'],
    ['10月第一周', '2026-10-01', '2026-10-08'],
    ['Jan - Mar', '2026-01-01', '2026-04-01'],
    ['nov-feb', '2025-11-01', '2026-03-01'],
    ['1-3月', '2026-01-01', '2026-04-01'],
    ['25/12/2025', '2025-12-25', '2025-12-26'],
    ['10/2026', '2026-10-01', '2026-11-01'],
  ])('reads %s', (text, start, end) => {
    const [found, ...more] = readPeriods(normalise(text), today, dates);
    expect([found?.span, found?.others, more.length]).toEqual([{ start, end }, undefined, 0]);
  });

  it.each([
    ['1/10/2026', ['2026-10-01', '2026-01-10']],
    ['jan-mar 26', ['2026-04-01', '2026-03-27']],
  ])('does not choose what %s means', (text, ends) => {
    const [found] = readPeriods(normalise(text), today, dates);
    const spans = [found?.span, ...(found?.others ?? [])];
    expect(spans.map((span) => (text.includes('/') ? span?.start : span?.end))).toEqual(ends);
    const asked = understood(shop, `net revenue ${text}`);
    expect([Array.isArray(asked), asked?.length]).toEqual([true, 2]);
  });

  it('reads no week out of a number of days', () => {
    expect(readPeriods('orders of week 45 days', today, dates)).toEqual([]);
  });
});

describe('like for like', () => {
  const span = fc
    .tuple(anyDay, anyUnit, fc.integer({ min: 1, max: 3 }))
    .map(([day, unit, count]) => ({ start: startOf(day, unit), end: add(startOf(day, unit), count, unit) }));

  it('gives two spans apart, of one length, without days to come; and again the same', () => {
    fc.assert(
      fc.property(span, span, anyDay, (now, before, day) => {
        const fair = likeForLike(now, before, day);
        if (fair === undefined) return;
        const lengths = [fair.now, fair.before].map(({ start, end }) => daysBetween(start, end));
        expect(Math.abs((lengths[0] ?? 0) - (lengths[1] ?? 0))).toBeLessThanOrEqual(3);
        expect(fair.before.end <= fair.now.start || fair.now.end <= fair.before.start).toBe(true);
        const isOpen = ({ start, end }: typeof now): boolean => start <= day && end > add(day, 1, 'day');
        expect([fair.now, fair.before].some(isOpen)).toBe(false);
        expect(likeForLike(fair.now, fair.before, day)).toEqual(fair);
      }),
    );
  });

  it('leaves whole spans of one unit as they are once both are over', () => {
    fc.assert(
      fc.property(anyDay, fc.constantFrom<Unit>('week', 'month', 'quarter', 'year'), (day, unit) => {
        const now = { start: startOf(day, unit), end: add(startOf(day, unit), 1, unit) };
        const before = { start: add(now.start, -1, unit), end: now.start };
        expect(likeForLike(now, before, now.end)).toEqual({ now, before });
      }),
    );
  });

  it.each([
    ['tickets this year vs last year', 'from 1 Jan 2026 to 31 Oct 2026 compared with 1 Jan 2025 to 31 Oct 2025'],
    ['tickets this quarter vs last quarter', 'in October 2026 compared with July 2026'],
    ['tickets in October 2026 vs last year', 'in October 2026 compared with October 2025'],
    ['tickets last month vs last year', 'in September 2026 compared with September 2025'],
    ['tickets in Q3 2026 vs Q2 2026', 'in Q3 2026 compared with Q2 2026'],
  ])('compares %s', (question, spans) => {
    expect(understood(shop, question)).toBe(`Tickets ${spans}`);
    expect(understood(shop, `Tickets ${spans}`)).toBe(`Tickets ${spans}`);
  });

  it('says nothing of three months beside one', () => {
    expect(understood(shop, 'tickets this month vs last quarter')).toBeUndefined();
    expect(understood(shop, 'tickets this month vs all of last year')).toBeUndefined();
  });

  it('is what 与去年相比 means as well', () => {
    expect(understood(shop, '今年工单与去年相比')).toBe(
      '工单数，从2026年1月1日到2026年10月31日，与2025年1月1日到2025年10月31日相比',
    );
  });
});

describe('buckets of a series', () => {
  it('are found when they are cut or not over, and no others', () => {
    fc.assert(
      fc.property(anyDay, fc.integer({ min: 1, max: 400 }), anyUnit, anyDay, (start, length, grain, day) => {
        const asked = { start, end: add(start, length, 'day') };
        const starts: Day[] = [];
        for (let at = startOf(start, grain); at < asked.end; at = add(at, 1, grain)) starts.push(at);
        const cut = cutBuckets(starts, grain, asked, day).map(({ bucket }) => bucket);
        for (const bucket of starts) {
          const last = add(add(bucket, 1, grain), -1, 'day');
          const isWhole = bucket >= asked.start && last < asked.end && last <= day;
          const liesAhead = bucket >= asked.start && bucket > day;
          expect([bucket, cut.includes(bucket)]).toEqual([bucket, !isWhole && !liesAhead]);
        }
      }),
    );
  });

  it('are as many as the window names, the present one included', () => {
    fc.assert(
      fc.property(anyDay, fc.integer({ min: 1, max: 30 }), anyUnit, (day, count, grain) => {
        const end = add(day, 1, 'day');
        const { start } = inBuckets({ start: add(end, -count, grain), end, window: grain }, grain, day);
        expect(startOf(start, grain)).toBe(start);
        const buckets = new Set<Day>();
        for (let at = start; at < end; at = add(at, 1, 'day')) buckets.add(startOf(at, grain));
        // The day after a month of 31 days has no day of the same name in a shorter one.
        expect(Math.abs(buckets.size - count)).toBeLessThanOrEqual(grain === 'day' || grain === 'week' ? 0 : 1);
      }),
    );
  });

  const result = (rows: readonly (readonly [string, number])[]): ResultRows => ({
    columns: [
      { name: 'date', type: 'date' },
      { name: 'net_revenue', type: 'number' },
    ],
    rows,
    rowCount: rows.length,
    truncated: false,
    ms: 1,
  });

  it('are named, marked in the chart, and no highest or lowest', () => {
    const rows = result([
      ['2025-01-01', 10],
      ['2026-01-01', 90],
    ]);
    const span = { start: '2025-01-01', end: '2026-11-01' };
    const cut = findCutRows({ column: 'date', grain: 'year', span }, rows, today, 'en');
    expect(cut.note).toBe('Incomplete: 2026 (to 31 Oct 2026).');
    const match = matched('net revenue by year');
    expect(verified.sentence(match, rows, 'en', cut.numbers)).toContain('the highest was 2025 with €10.00');
    const chart = {
      kind: 'line' as const,
      title: '',
      categories: ['2025', '2026'],
      series: [],
      xLabel: 'date',
      yLabel: '',
    };
    expect(withCutMarks(chart, cut, rows)?.categories).toEqual(['2025', '2026 *']);
    expect(findCutRows({ column: 'date', grain: 'year', span }, rows, today, 'zh').note).toBe(
      '不完整：2026年（截至2026年10月31日）。',
    );
  });
});

describe('the date that a period goes by', () => {
  it.each([
    ['how many items did we sell yesterday', 'Units sold on 30 Oct 2026'],
    ['buyers by country last month', 'Active customers by country in September 2026'],
    ['orders without refunds last month', 'Number of orders without refunds in September 2026'],
    ['customers without orders in 2026', 'Customers without sales in 2026'],
    ['customers with more than 10 products in 2026', 'Customers with products > 10 in 2026'],
    ['products launched in 2026', 'Products launched on in 2026'],
  ])('is the event’s: %s', (question, explanation) => {
    expect(understood(shop, question)).toBe(explanation);
  });

  it('is asked for where people may mean who joined or who bought', () => {
    const choices = ['New customers in September 2026', 'Active customers in September 2026'];
    expect(understood(shop, 'how many customers in September 2026')).toEqual(choices);
    for (const choice of choices) expect(understood(shop, choice)).toBe(choice);
    expect(understood(shop, '今年有多少客户')).toEqual(['新客户，2026年', '活跃客户，2026年']);
  });

  it('is that of the rows that are counted from, never of the thing', () => {
    const reply = shop.ask('orders with more than 5 items in 2026', { locale: 'en' });
    expect(reply.kind === 'answer' && reply.sql).toMatch(/WHERE sale_lines\.ordered_at >= DATE '2026-01-01'/);
  });

  const dated = (name: string, ...columns: readonly string[]) =>
    catalogueOf([
      table(name, [
        column('id', 'integer'),
        column('amount', 'number'),
        ...columns.map((one) => column(one, 'timestamp')),
      ]),
    ]);
  const drafted = (catalogue: Parameters<typeof draftModel>[0]): Measures =>
    measuresOf(draftModel(catalogue).semantic_model[0] as OssieModel, catalogue);

  it.each([
    [['created_at', 'updated_at'], 'created_at'],
    [['updated_at', 'ordered_at', 'shipped_at'], 'ordered_at'],
    [['order_date', 'created_at', 'deleted_at'], 'order_date'],
    [['required_date', 'placed_on', 'closed_at'], 'placed_on'],
  ])('is drafted: of %j, %s', (columns, chosen) => {
    const reply = drafted(dated('orders', ...columns)).ask('total amount in 2025', { locale: 'en' });
    expect(reply.kind === 'answer' && reply.sql).toContain(`orders.${chosen} >=`);
  });

  it('is asked for where names do not tell', () => {
    const visits = drafted(dated('visits', 'checked_in', 'checked_out'));
    expect(understood(visits, 'total amount by month')).toEqual([
      'Total visits amount by checked in month',
      'Total visits amount by checked out month',
    ]);
    expect(understood(visits, 'Total visits amount by checked in month')).toBe(
      'Total visits amount by checked in month',
    );
  });

  it('takes a column of years for a series of years', () => {
    const disasters = drafted(
      catalogueOf([
        table('disasters', [column('Entity', 'text'), column('Year', 'integer'), column('Deaths', 'integer')]),
      ]),
    );
    const reply = disasters.ask('deaths per year since 2000', { locale: 'en' });
    expect(reply.kind === 'answer' && [reply.series?.grain, reply.chart]).toEqual(['year', 'line']);
    expect(reply.kind === 'answer' && reply.sql).toMatch(/sum\(disasters\."Deaths"\)[\s\S]+"Year" >= 2000/);
  });
});

describe('a period that goes without saying', () => {
  it('is said, begins with a whole bucket, and is none of what is there', () => {
    expect(understood(shop, 'revenue by department')).toBe('Net revenue by department from 1 Nov 2025 to 31 Oct 2026');
    expect(understood(shop, 'net revenue by year')).toBe('Net revenue by year from 1 Jan 2025 to 31 Oct 2026');
    expect(understood(shop, 'customers by country')).toBe('Customers by country');
    expect(understood(shop, 'net revenue of all time')).toBe('Net revenue all time');
  });

  it('follows the grain of the next question', () => {
    expect(understood(shop, 'net revenue by month', 'by year')).toBe(
      'Net revenue by year from 1 Jan 2025 to 31 Oct 2026',
    );
  });
});

describe('follow-ups', () => {
  const munich = 'net revenue for city Munich in October 2026';

  it.each([
    ['all of Germany', 'Net revenue for country Germany in October 2026'],
    ['top 5 customers by net revenue there', 'Top 5 customers by net revenue for city Munich in October 2026'],
    ['tickets in that month', 'Tickets for city Munich in October 2026'],
    ['compare with last year', 'Net revenue for city Munich in October 2026 compared with October 2025'],
  ])('keep what %s points to', (question, explanation) => {
    expect(understood(shop, munich, question)).toBe(explanation);
  });

  it.each([
    [munich, 'in the whole country'],
    ['net revenue by month', 'top 5 customers by net revenue there'],
    ['stock by category', 'orders in that month'],
  ])('are refused where it is not there: %s, %s', (before, question) => {
    expect(understood(shop, before, question)).toBeUndefined();
  });
});

const verified = createVerifiedQueries({
  queries: await openVerifiedFile(path('demo/shop.verified.yaml')),
  catalogue: catalogueOfValues({}),
  today: () => today,
  dates,
});

function matched(question: string, previous?: ExactMatch): ExactMatch {
  const match: VerifiedMatch = verified.match(question, {
    locale: localeOf(question),
    previous: previous && { queryId: previous.query.id, parameters: serialised(previous) },
  });
  if (match.kind !== 'match') throw new Error(`${question} → ${JSON.stringify(match)}`);
  return match;
}
const serialised = ({ parameters }: ExactMatch): Record<string, string> =>
  Object.fromEntries(
    Object.entries(parameters).map(([name, { type, value }]) => [
      name,
      type === 'period' ? `${value.start}/${value.end}` : String(value),
    ]),
  );

describe('verified queries over time', () => {
  it.each([
    ['net revenue by year', '1 Jan 2025 – 31 Oct 2026'],
    ['net revenue by quarter', '1 Oct 2025 – 31 Oct 2026'],
    ['weekly revenue for the past 8 weeks', '7 Sept 2026 – 31 Oct 2026'],
    ['net revenue by week in 2026', '2026'],
  ])('hold whole buckets: %s', (question, period) => {
    expect(matched(question).interpretation).toMatch(new RegExp(`, ${period}$`));
  });

  it('compare the same days', () => {
    expect(matched('net revenue this year vs last year').interpretation).toBe(
      'Net revenue, 1 Jan 2026 – 31 Oct 2026 against 1 Jan 2025 – 31 Oct 2025',
    );
    expect(matched('October 2026 revenue vs last year').interpretation).toBe(
      'Net revenue, October 2026 against October 2025',
    );
    expect(verified.match('compare revenue this month with last quarter', { locale: 'en' }).kind).toBe('none');
  });

  it('ask back what a date means', () => {
    const asked = verified.match('net revenue 1/10/2026', { locale: 'en' });
    expect(asked.kind === 'ask' && asked.suggestions.map(({ text }) => text)).toEqual([
      'What was our net revenue on 1 Oct 2026?',
      'What was our net revenue on 10 Jan 2026?',
    ]);
  });

  it('are grouped by a follow-up, with all that was bound', () => {
    const device = matched('by device', matched('conversion rate last month'));
    expect([device.query.id, device.interpretation]).toEqual([
      'conversion-rate-by-device',
      'Conversion rate by device, September 2026',
    ]);
    expect(matched('by week', matched('net revenue by month')).interpretation).toBe(
      'Net revenue by week, 27 Oct 2025 – 31 Oct 2026',
    );
  });
});

describe('in Slack', () => {
  let memori: TestMemori;
  beforeAll(async () => {
    memori = await startMemori();
  });
  afterAll(() => memori.stop());

  it('a year that is not over says so in the sentence, the table and the chart', async () => {
    const { text, answer } = await memori.ask('net revenue by year');
    expect(text).toContain('the highest was 2025 with €2,739,678.62. Incomplete: 2026 (to 31 Oct 2026).');
    const blocks = JSON.stringify(answer);
    expect(blocks).toContain('2026 (to 31 Oct 2026)');
    expect(blocks).toContain('2026 *');
  });

  it('a verified answer has chips and is gone on from; what it cannot say is not', async () => {
    const munich = await memori.ask('net revenue in Munich, October 2026');
    expect(JSON.stringify(munich.answer)).toContain('static_select');
    const thread = munich.sent.ts;
    expect((await memori.ask('all of Germany', { thread })).text).toContain('€144,500.78');
    expect((await memori.ask('how many orders in that month', { thread })).text).toContain('3');
    const best = await memori.ask('who is the best customer there', { thread });
    expect(best.text).not.toContain('Ben Walker');
  });
});
