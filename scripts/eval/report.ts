import { countsOf, figuresOf, type Judged } from './judge.ts';

export type ReportFacts = { readonly suite: string; readonly model: string; readonly at: Date };

/** The run as one HTML page without scripts. Questions, SQL and messages are data: everything is escaped. */
export function reportHtml({ suite, model, at }: ReportFacts, judged: readonly Judged[]): string {
  const figures = Object.entries(figuresOf(judged)).map(
    ([name, value]) => html`<tr><th>${name}</th><td>${value}</td></tr>`,
  );
  const counts = Object.entries(countsOf(judged)).map(([name, count]) => bar(name, count, judged.length));
  const groups = [...new Set(judged.map(({ one }) => one.group))].map((name) => {
    const of = judged.filter(({ one }) => one.group === name);
    return bar(name, of.filter(({ verdict }) => verdict === 'right').length, of.length);
  });
  const wrong = judged.filter(({ verdict }) => verdict !== 'right').map(caseHtml);
  return html`<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Evaluation: ${suite}</title>
<style>
  body { font: 15px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; color: #1d1c1d; }
  th { text-align: left; padding-right: 2rem; font-weight: 500; }
  td { text-align: right; font-variant-numeric: tabular-nums; }
  meter { width: 16rem; }
  pre { background: #f6f6f6; padding: .5rem; overflow-x: auto; white-space: pre-wrap; }
  details { border-top: 1px solid #ddd; padding: .4rem 0; }
</style>
<h1>${suite}</h1>
<p>${judged.length} questions, model ${model}, ${at.toISOString().slice(0, 16).replace('T', ' ')} UTC</p>
<table>${figures}</table>
<h2>What became of the questions</h2>
<table>${counts}</table>
<h2>Right answers by group</h2>
<table>${groups}</table>
<h2>Not right (${wrong.length})</h2>
${wrong}
</html>
`.text;
}

const bar = (name: string, part: number, whole: number): Html =>
  html`<tr><th>${name}</th><td>${part} of ${whole}</td><td><meter max="${whole}" value="${part}"></meter></td></tr>`;

const caseHtml = ({ one, given, goldSql, verdict }: Judged): Html =>
  html`<details><summary><b>${verdict}</b> ${one.question}</summary>
<p>${one.id} · ${one.group} · ${given.by} · ${Math.round(given.ms)} ms ${given.detail}</p>
${given.sql === undefined ? '' : html`<p>given</p><pre>${given.sql}</pre>`}
${goldSql === undefined ? '' : html`<p>right</p><pre>${goldSql}</pre>`}
</details>
`;

/** Text that is HTML already. */
type Html = { readonly text: string };
type Part = string | number | Html | readonly Html[];

/** A template that escapes what it is given, unless that is HTML made by the same. */
function html(texts: TemplateStringsArray, ...parts: readonly Part[]): Html {
  return { text: texts.map((text, at) => text + (parts[at] === undefined ? '' : textOf(parts[at]))).join('') };
}

function textOf(part: Part): string {
  if (typeof part === 'string' || typeof part === 'number') return escaped(String(part));
  return 'text' in part ? part.text : part.map(({ text }) => text).join('');
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
const escaped = (text: string): string => text.replace(/[&<>"']/g, (character) => entities[character] ?? '');
