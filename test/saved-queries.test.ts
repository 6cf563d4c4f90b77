import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createChronoDates } from '../src/adapters/dates/chrono-dates.ts';
import { openVerifiedFile } from '../src/adapters/verified/open-verified-file.ts';
import { maskPeriod } from '../src/core/verified/mask-period.ts';
import { buttonsOf, startMemori, type TestMemori, textOf } from './support/start-memori.ts';

const asked = 'zorblax parcels in August 2026';
const sql = `SELECT count(*) AS parcels FROM orders
WHERE ordered_at >= DATE '2026-08-01' AND ordered_at < DATE '2026-09-01'`;

describe('saving an answer as verified', () => {
  let memori: TestMemori;
  beforeAll(async () => {
    memori = await startMemori({
      claude: (question) => (question === asked ? { sql, answer: '{parcels} parcels.' } : { sql: 'SELECT 1 AS one' }),
    });
  });
  afterAll(() => memori.stop());
  const entries = async () => (await memori.memori.stores.audit.verify(memori.slack.team.id)).entries;

  it('is for admins; then it answers without a model, for other periods too, in its channel only', async () => {
    const { answer } = await memori.ask(asked, { channel: 'analytics' });
    await memori.press('tom', answer, 'Details');
    expect(buttonsOf(memori.slack.modal('tom') ?? {})).not.toContain('Save as verified');
    await memori.press('maya', answer, 'Details');
    await memori.slack.click({ as: 'maya', view: 'modal', action: 'save_verified' });
    await memori.slack.idle();
    expect(textOf(memori.slack.modal('maya') ?? {})).toContain(asked);
    const before = await entries();
    expect(await memori.slack.submit({ as: 'maya', values: { wordings: ' ' } })).toHaveProperty('errors');
    const told = await memori.told('maya', () =>
      memori.slack.submit({ as: 'maya', values: { wordings: `${asked}\nhow many zorblax parcels in August 2026` } }),
    );
    expect(textOf(told)).toContain('answered as verified from now on');
    expect(await entries()).toBe(before + 1);

    const calls = memori.claude.requests.length;
    const again = await memori.ask('zorblax parcels in July 2026', { as: 'tom', channel: 'analytics' });
    expect(again.text).toMatch(/Verified by Maya/);
    expect(memori.claude.requests).toHaveLength(calls);
    expect(memori.records.at(-1)?.outcome).toMatchObject({
      source: 'verified',
      verified: { parameters: { period: '2026-07-01/2026-08-01' } },
    });
    await memori.ask('zorblax parcels in July 2026', { as: 'tom' });
    expect(memori.claude.requests).toHaveLength(calls + 1);
  });

  it('is listed, exported as a file that opens, and taken back by admins', async () => {
    expect(textOf(await memori.command('/memori sources verified', 'tom'))).toContain('zorblax parcels in {period}');
    expect(textOf(await memori.command('/memori sources verified remove 1', 'tom'))).toContain('may not do that');
    expect((await memori.command('/memori sources verified export')).text).not.toBe('');
    const of = () => memori.memori.stores.documents('saved_queries').all();
    const file = join(memori.folder, 'saved.verified.yaml');
    const queries = (await of()).map(({ value }) => (value as { readonly query: unknown }).query);
    writeFileSync(file, JSON.stringify({ queries }));
    expect(await openVerifiedFile(file)).toHaveLength(1);
    await memori.command('/memori sources verified remove 1');
    expect(await of()).toEqual([]);
    await memori.ask('zorblax parcels in July 2026', { as: 'tom', channel: 'analytics' });
    expect(memori.records.at(-1)?.outcome).toMatchObject({ source: 'model' });
  });

  it('is flagged, not dropped, when the schema no longer has its tables', async () => {
    const { team } = memori.slack;
    const query = { id: 'gone', title: 'Gone', questions: ['gone one', 'gone two'], sql: 'SELECT a FROM gone_table' };
    await memori.memori.stores.documents('saved_queries').put('x', { team: team.id, source: 'shop', query });
    expect(textOf(await memori.command('/memori sources show shop customers'))).toMatch(/no longer allows: gone \(/);
    await memori.memori.stores.documents('saved_queries').delete('x');
    expect(textOf(await memori.command('/memori sources show shop customers'))).not.toContain('no longer allows');
  });
});

describe('the period of a saved query', () => {
  const mask = (wording: string, statement: string) =>
    maskPeriod([wording], statement, '2026-10-31', createChronoDates());

  it('becomes a parameter where question and SQL name the same days', () => {
    expect(
      mask('Orders last month', "SELECT 1 WHERE d >= '2026-09-01'::date AND d < TIMESTAMP '2026-10-01 00:00:00'"),
    ).toEqual({
      questions: ['orders {period}'],
      sql: 'SELECT 1 WHERE d >= :period_start::date AND d < :period_end',
      parameters: { period: { type: 'period' } },
    });
  });

  it('stays where the days are fixed in both, and is refused where the words mean other days tomorrow', () => {
    const statement = "SELECT 1 WHERE d BETWEEN '2026-09-01' AND '2026-09-30'";
    expect(mask('Orders in September 2026', statement)).toMatchObject({
      questions: ['Orders in September 2026'],
      sql: statement,
    });
    expect(() => mask('Orders last month', statement)).toThrow('days that change');
  });
});
