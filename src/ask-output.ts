import Table from 'cli-table3';
import type { AnswerRecord } from './core/answers/answer-store.ts';
import type { Answered, Outcome } from './core/answers/outcome.ts';

/** Rows printed on a terminal; `--json` has all. */
const shownRows = 20;

/** What `--json` prints. `source` is `none` when nothing ran; `choices` are the readings a person is asked to choose from. */
export function jsonOf({ outcome, ms, costMicroUsd }: AnswerRecord): object {
  const answered = outcome.status === 'answered' ? outcome : undefined;
  return {
    status: outcome.status === 'said' ? 'answered' : outcome.status,
    text: outcome.text,
    sql: answered?.sql ?? ('sql' in outcome ? (outcome.sql ?? null) : null),
    columns: answered?.result.columns ?? [],
    rows: answered?.result.rows ?? [],
    row_count: answered?.result.rowCount ?? 0,
    truncated: answered?.result.truncated ?? false,
    source: answered?.source ?? 'none',
    interpretation: answered?.interpretation ?? null,
    data_source: answered?.dataSource ?? null,
    memories: 'memories' in outcome ? outcome.memories : [],
    suggestions: outcome.suggestions.map(({ text }) => text),
    ...(outcome.status === 'clarify' ? { choices: outcome.suggestions.map(({ text }) => text) } : {}),
    ms,
    cost_usd: costMicroUsd / 1e6,
  };
}

/** The same for people: the sentence, the rows, the SQL. */
export function textOf(record: AnswerRecord): string {
  const { outcome } = record;
  const parts = [
    outcome.text.split('\n').map(printable).join('\n'),
    ...(outcome.status === 'answered' ? resultOf(outcome, record) : []),
  ];
  const suggestions = outcome.suggestions.map(({ text }) => `  - ${text}`);
  return `${[...parts, ...(suggestions.length > 0 ? [`You could ask:\n${suggestions.join('\n')}`] : [])].join('\n\n')}\n`;
}

/** 0 answered, 2 not answered, 1 error. */
export const exitCodeOf = ({ status }: Outcome): 0 | 1 | 2 =>
  status === 'answered' || status === 'said' ? 0 : status === 'error' ? 1 : 2;

function resultOf(answered: Answered, { ms, costMicroUsd }: AnswerRecord): readonly string[] {
  const { result } = answered;
  const numeric = result.columns.map(({ type }) => type === 'integer' || type === 'number');
  const table = new Table({
    head: result.columns.map(({ name }) => name),
    colAligns: numeric.map((right) => (right ? 'right' : 'left')),
    style: { head: [], border: [] },
  });
  for (const row of result.rows.slice(0, shownRows)) table.push(row.map((cell) => printable(String(cell ?? ''))));
  const more =
    result.rows.length > shownRows ? `\n… ${result.rows.length - shownRows} more rows; --json prints all` : '';
  const facts = [
    `${result.rowCount}${result.truncated ? '+' : ''} ${result.rowCount === 1 ? 'row' : 'rows'} from ${answered.dataSource}`,
    answered.verified
      ? `verified: ${answered.verified.title}`
      : answered.source === 'measured'
        ? `composed from your definitions: ${answered.interpretation}`
        : `SQL by ${answered.source === 'model' ? 'the model' : 'you'}`,
    `${ms} ms`,
    `$${(costMicroUsd / 1e6).toFixed(4)}`,
    ...(answered.memories.length > 0 ? [`used: ${answered.memories.map(({ text }) => `“${text}”`).join(', ')}`] : []),
  ];
  return [`${table.toString()}${more}`, answered.sql, facts.join(' · ')];
}

/** What came out of a database cannot move the cursor or colour the terminal. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is to be removed
const printable = (text: string): string => text.replace(/[\u0000-\u001F\u007F-\u009F]/g, ' ');
