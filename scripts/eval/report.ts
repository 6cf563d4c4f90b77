import { type Html, html, raw } from './html.ts';
import { answerersOf, countsOf, figuresOf, isGood, type Judged, mistakesOf, type Verdict } from './judge.ts';
import { reportStyle } from './report-style.ts';

export type ReportFacts = {
  readonly suite: string;
  readonly model: string;
  readonly at: Date;
  /** Questions of the run. The page reloads itself until this many are judged. */
  readonly total: number;
  readonly notes: readonly string[];
};

/** The run as one HTML page without scripts. Questions, SQL and messages are data: everything is escaped. */
export function reportHtml(facts: ReportFacts, judged: readonly Judged[]): string {
  const { suite, model, at, notes, total } = facts;
  const wrong = judged.filter((one) => !isGood(one));
  const isRunning = judged.length < total;
  return html`<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
${isRunning ? html`<meta http-equiv="refresh" content="5">` : ''}
<title>Evaluation: ${suite}</title>
<style>${raw(reportStyle)}</style>
<main>
<h1>${suite}</h1>
<p class="about">${judged.length} questions · model ${model} · ${at.toISOString().slice(0, 16).replace('T', ' ')} UTC</p>
${isRunning ? running(judged.length, total) : ''}
<div class="tiles">${Object.entries(figuresOf(judged)).map(tile)}</div>
${notes.length === 0 ? '' : html`<ul class="notes">${notes.map((note) => html`<li>${note}</li>`)}</ul>`}
<h2>What became of the questions</h2>
${verdictBar(judged)}
<div class="columns">
<section><h2>Who answered</h2>${table(Object.entries(answerersOf(judged)).map(([name, { right, of }]) => share(name, right, of)))}</section>
${mistakes(judged)}
</div>
<h2>By group</h2>
${table(groupsOf(judged).map(([name, good, of]) => share(name, good, of)))}
<h2>${wrong.length === 0 ? 'Nothing is wrong' : `Not right (${wrong.length})`}</h2>
${wrong.map(caseHtml)}
</main>
</html>
`.text;
}

const running = (done: number, total: number): Html =>
  html`<div class="running"><p>Running: ${done} of ${total}. This page reads itself again.</p>${meter(done, total, 'calm')}</div>`;

const units: Readonly<Record<string, (value: number) => string>> = {
  pct: (value) => `${value} %`,
  ms: (value) => `${value} ms`,
  usd: (value) => `$${value}`,
};

/** A figure with its name in words: `execution_accuracy_pct` is a per cent. */
function tile([name, value]: readonly [string, number]): Html {
  const [, words = name, unit = ''] = /^(.*)_(pct|ms|usd)$/.exec(name) ?? [];
  return html`<div class="tile"><b>${units[unit]?.(value) ?? value}</b><span>${words.replaceAll('_', ' ')}</span></div>`;
}

const tones: Readonly<Record<Verdict, string>> = {
  right: 'good',
  accepted: 'good',
  'wrong rows': 'bad',
  'wrong order': 'bad',
  'no rows': 'bad',
  'other query': 'bad',
  error: 'bad',
  refused: 'fair',
  clarify: 'calm',
  unanswered: 'calm',
};

function verdictBar(judged: readonly Judged[]): Html {
  const counts = Object.entries(countsOf(judged)) as [Verdict, number][];
  const parts = counts.map(
    ([name, count]) => html`<i class="${tones[name]}" style="flex:${count}" title="${name}: ${count}"></i>`,
  );
  const names = counts.map(([name, count]) => html`<li class="${tones[name]}">${name} ${count}</li>`);
  return html`<div class="bar">${parts}</div><ul class="legend">${names}</ul>`;
}

function mistakes(judged: readonly Judged[]): Html | string {
  const found = Object.entries(mistakesOf(judged));
  if (found.length === 0) return '';
  const most = Math.max(...found.map(([, count]) => count));
  const rows = found.map(
    ([name, count]) =>
      html`<tr><th>${name.replaceAll('_', ' ')}</th><td>${count}</td><td class="meter">${meter(count, most, 'bad')}</td></tr>`,
  );
  return html`<section><h2>What went wrong</h2>${table(rows)}</section>`;
}

/** Each group with how many are good and how many there are, the worst first. */
function groupsOf(judged: readonly Judged[]): readonly (readonly [string, number, number])[] {
  return [...new Set(judged.map(({ one }) => one.group))]
    .map((name) => {
      const of = judged.filter(({ one }) => one.group === name);
      const good = of.filter(isGood).length;
      return [name, good, of.length] as const;
    })
    .sort((a, b) => a[1] / a[2] - b[1] / b[2] || b[2] - a[2]);
}

const table = (rows: readonly Html[]): Html => html`<table>${rows}</table>`;

const share = (name: string, part: number, whole: number): Html =>
  html`<tr><th>${name}</th><td>${part} of ${whole}</td><td class="meter">${meter(part, whole, 'good')}</td></tr>`;

const meter = (part: number, whole: number, tone: string): Html =>
  html`<div class="bar">${part === 0 ? '' : html`<i class="${tone}" style="flex:0 0 ${Math.round((1000 * part) / whole) / 10}%"></i>`}</div>`;

const caseHtml = ({ one, given, goldSql, verdict, mistake }: Judged): Html =>
  html`<details><summary><span class="tag ${tones[verdict]}">${mistake === '' ? verdict : mistake.replaceAll('_', ' ')}</span>${one.question}</summary>
<div class="one"><p>${[one.id, one.group, given.by, `${Math.round(given.ms)} ms`, given.detail].filter(Boolean).join(' · ')}</p>
<div class="sides">
${given.sql === undefined ? '' : html`<div><p>given</p><pre>${given.sql}</pre></div>`}
${goldSql === undefined ? '' : html`<div><p>right</p><pre>${goldSql}</pre></div>`}
</div></div></details>
`;
