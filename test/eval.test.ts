import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { figuresOf, judge } from '../scripts/eval/judge.ts';
import { openEvalSource } from '../scripts/eval/open-source.ts';
import { createRecordedModel, readRecorded } from '../scripts/eval/recorded-model.ts';
import { reportHtml } from '../scripts/eval/report.ts';
import type { Given, Gold } from '../scripts/eval/suite.ts';
import { fileSuite } from '../scripts/eval/suites.ts';
import { answerFromModel } from '../src/core/answers/from-model.ts';
import type { LanguageModel } from '../src/core/model/model.ts';
import { ada } from './support/ada.ts';

const one = { id: '1', question: 'How many <b>?', group: 'g' };
const given = (more: Partial<Given>): Given => ({
  status: 'answered',
  by: 'model',
  sql: 'SELECT 1',
  rows: [],
  detail: '',
  ms: 1,
  costMicroUsd: 500_000,
  ...more,
});
const gold: Gold = { kind: 'rows', sql: 'SELECT 2', rows: [[1], [2]], ordered: true };
const fixture = (name: string): string => fileURLToPath(new URL(`fixtures/eval/${name}`, import.meta.url));

describe('evaluation', () => {
  it.each([
    ['right', { rows: [[1], [2]] }],
    ['wrong order', { rows: [[2], [1]] }],
    ['wrong rows', { rows: [[1]] }],
    ['no rows', { rows: [] }],
    ['refused', { status: 'refused' as const }],
    ['unanswered', { status: 'unanswered' as const }],
  ])('calls an answer %s', (verdict, more) => {
    expect(judge(one, gold, given(more)).verdict).toBe(verdict);
  });

  it('counts accuracy of all questions and precision of those answered', () => {
    const judged = [given({ rows: [[1], [2]] }), given({}), given({ status: 'unanswered' })].map((answer) =>
      judge(one, gold, answer),
    );
    expect(figuresOf(judged)).toMatchObject({
      execution_accuracy_pct: 33.3,
      coverage_pct: 66.7,
      precision_pct: 50,
      cost_usd: 1.5,
    });
  });

  it('escapes what people and models wrote', () => {
    const page = reportHtml({ suite: 's', model: 'm', at: new Date(0), total: 1, notes: [] }, [
      judge(one, gold, given({ sql: '</pre><script>' })),
    ]);
    expect(page).toContain('How many &lt;b&gt;?');
    expect(page).not.toContain('<script>');
  });

  it('replays recorded SQL through the product, without a key', async () => {
    const suite = await fileSuite(
      'file',
      fixture('questions.jsonl'),
      undefined,
      createRecordedModel(readRecorded(fixture('recorded.jsonl'))),
    );
    const verdicts = [];
    for (const asked of suite.cases)
      verdicts.push(judge(asked, await suite.gold(asked), await suite.answer(asked)).verdict);
    await suite.close();
    expect(verdicts).toEqual(['right', 'wrong rows', 'refused', 'error']);
  });

  it.each([
    ['the first draft without candidates', 1, 1],
    ['what most drafts return', 3, 2],
  ])('answers with %s', async (_, candidates, expected) => {
    const drafts = ['SELECT 1 AS n', 'SELECT 2 AS n', 'SELECT 4 / 2 AS total'];
    const model: LanguageModel = {
      model: 'drafts',
      countInput: async () => 0,
      generate: async ({ id, read }) => {
        const sql = drafts[Number(id.split(':').at(-1)) - 1];
        const value = read(JSON.stringify({ kind: 'sql', sql, chart: 'none' }), false);
        if (value === undefined) throw new Error('no draft');
        return { value, model: 'drafts', usage: undefined, costMicroUsd: 10 };
      },
    };
    const { source } = await openEvalSource(undefined);
    const limits = { maxRows: 10, maxBytes: 1000, maxCellLength: 100, timeoutMs: 30_000 };
    const place = { kind: 'dm', channel: 'D', isPrivate: true, thread: '1' } as const;
    const question = { id: 'T:D:1', text: 'n?', person: ada, place, askedAt: new Date(0), origin: 'message' } as const;
    let spent = 0;
    const run = {
      signal: AbortSignal.timeout(30_000),
      locale: 'en',
      progress: () => {},
      spend: (amount: number) => {
        spent += amount;
      },
    } as const;
    const outcome = await answerFromModel(
      { question, thread: [], recalled: [], source, saved: [], limits, model, candidates, meaning: undefined },
      run,
    );
    await source.database.close();
    expect(outcome.status === 'answered' ? outcome.result.rows : outcome).toEqual([[expected]]);
    expect(outcome.status === 'answered' && outcome.written?.vote).toEqual(
      candidates === 1 ? undefined : { agreed: 2, of: 3 },
    );
    expect(spent).toBe(10 * candidates);
  });
});
