import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { figuresOf, judge } from '../scripts/eval/judge.ts';
import { createRecordedModel, readRecorded } from '../scripts/eval/recorded-model.ts';
import { reportHtml } from '../scripts/eval/report.ts';
import type { Given, Gold } from '../scripts/eval/suite.ts';
import { fileSuite } from '../scripts/eval/suites.ts';

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
    const page = reportHtml({ suite: 's', model: 'm', at: new Date(0) }, [
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
});
