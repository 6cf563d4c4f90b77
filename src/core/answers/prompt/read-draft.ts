import { completeMembers, jsonIn, withoutThoughts } from '../../model/json-in.ts';
import { type Draft, draftCharts, draftKinds, draftLimits } from './draft.ts';

/**
 * Parses the draft in a reply, even when its form is wrong: SQL alone, SQL in a fence, missing fields or fields in
 * another case. A truncated reply counts only with a complete statement. Undefined when there is no draft.
 */
export function readDraft(text: string, cut: boolean): Draft | undefined {
  const draft = draftFrom(cut ? completeMembers(text) : jsonIn(text));
  if (draft !== undefined) return cut && draft.kind !== 'sql' ? undefined : draft;
  const sql = cut ? undefined : sqlAlone(withoutThoughts(text));
  return sql === undefined ? undefined : { ...empty, sql };
}

const empty: Draft = {
  sql: '',
  kind: 'sql',
  answer: '',
  assumptions: [],
  clarifying_question: '',
  options: [],
  chart: 'auto',
  memories_used: [],
};

function draftFrom(value: unknown): Draft | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  const fields = new Map(Object.entries(value).map(([name, field]) => [name.toLowerCase(), field as unknown]));
  const sentence = (name: string): string => textOf(fields.get(name)).slice(0, draftLimits.sentence);
  const draft = {
    sql: textOf(fields.get('sql') ?? fields.get('query'))
      .replace(fenced, '$1')
      .trim(),
    answer: sentence('answer'),
    assumptions: listOf(fields.get('assumptions'), draftLimits.items),
    clarifying_question: sentence('clarifying_question'),
    options: listOf(fields.get('options'), draftLimits.items),
    chart: oneOf(draftCharts, fields.get('chart')) ?? 'auto',
    memories_used: listOf(fields.get('memories_used'), draftLimits.memories),
  };
  const kind = kindOf(oneOf(draftKinds, fields.get('kind')), draft);
  return kind && { ...draft, kind, sql: kind === 'sql' ? draft.sql : '' };
}

/** The kind that the reply names, if it has what that kind needs: a statement, or something to ask or say. */
function kindOf(said: Draft['kind'] | undefined, draft: Omit<Draft, 'kind'>): Draft['kind'] | undefined {
  const hasSql = draft.sql !== '';
  const asks = draft.clarifying_question !== '';
  switch (said) {
    case 'sql':
      return hasSql ? 'sql' : asks ? 'unanswerable' : undefined;
    case 'clarify':
      return asks || draft.options.length > 1 ? 'clarify' : undefined;
    case 'unanswerable':
      return asks || draft.answer !== '' ? 'unanswerable' : undefined;
    case undefined:
      return hasSql ? 'sql' : asks ? 'clarify' : undefined;
  }
}

const fenced = /^\s*```(?:\w+)?\s*([\s\S]*?)\s*```\s*$/;

/** The statement of a reply without JSON: the whole reply, or a code block. */
function sqlAlone(text: string): string | undefined {
  const inFence = /```(?:\w+)?\s*([\s\S]*?)```/.exec(text)?.[1];
  const candidate = (inFence ?? text).trim();
  return /^(?:select|with|show|explain)\b/i.test(candidate) ? candidate : undefined;
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value.trim() : '');

const listOf = (value: unknown, most: number): string[] =>
  (Array.isArray(value) ? value : [value])
    .map((item) => textOf(item).slice(0, draftLimits.item))
    .filter((item) => item !== '')
    .slice(0, most);

const oneOf = <T extends string>(names: readonly T[], value: unknown): T | undefined =>
  names.find((name) => name === textOf(value).toLowerCase());
