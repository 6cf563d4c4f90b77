import type { MemoryKind } from '../../core/memory/memory.ts';
import type { ScopeType } from '../../core/namespace.ts';
import type { PartStatus } from '../../core/status.ts';

const plural = (count: number, one: string, many: string): string => `${number(count)} ${count === 1 ? one : many}`;
const number = (value: number): string => new Intl.NumberFormat('en').format(value);

/** Everything the Slack surface itself says, in English. `zh.ts` has the same shape: the compiler sees to it. */
export const en = {
  language: 'en',
  number,
  placeholder: 'On it…',
  waiting: 'Another question comes first. Yours is next.',
  /** Follows the bot's name: "Memori is running it…". */
  doing: (step: string): string => `is ${step.charAt(0).toLowerCase()}${step.slice(1)}…`,
  busy: 'is busy with another question…',
  asked: (name: string): string => `${name} asked`,
  edited: (name: string): string => `${name} edited the SQL`,
  ranAgain: (name: string): string => `${name} ran this again`,
  stop: 'Stop',
  answer: {
    verified: (by: string | undefined, at: string | undefined): string =>
      `✓ Verified${by ? ` by ${by}` : ''}${at ? `, ${at}` : ''}`,
    byPerson: 'SQL written by a person',
    byModel: 'SQL written by the model',
    measured: 'Composed from your definitions',
    chip: (part: 'metric' | 'by' | 'filter' | 'period', label: string): string =>
      `${{ metric: 'Metric', by: 'By', filter: 'Filter', period: 'Period' }[part]}: ${label}`,
    rows: (count: number, truncated: boolean): string =>
      truncated ? `first ${plural(count, 'row', 'rows')}` : plural(count, 'row', 'rows'),
    cost: (usd: string): string => `$${usd}`,
    memories: (count: number): string => `used ${plural(count, 'memory', 'memories')}`,
    omitted: (parts: readonly string[], truncated: boolean): string =>
      `Shown: ${parts.join(', ')}. ${truncated ? 'The CSV has more.' : 'The CSV has all.'}`,
    columnsOf: (shown: number, all: number): string => `${number(shown)} of ${number(all)} columns`,
    rowsOf: (shown: number, all: number, truncated: boolean): string =>
      `${number(shown)} of ${truncated ? 'more than ' : ''}${number(all)} rows`,
    table: (rows: number): string => `Result, ${plural(rows, 'row', 'rows')}`,
    sqlCut: 'The rest is under Details.',
    chart: 'Chart',
    chartAlt: (title: string, kind: string): string => `${kind} chart: ${title}`,
    understood: (text: string): string => `Understood as: ${text}`,
  },
  buttons: {
    runAgain: 'Run again',
    retry: 'Try again',
    editSql: 'Edit SQL',
    csv: 'CSV',
    details: 'Details',
    memories: 'Memories used',
    learned: 'View memory',
    forget: 'Forget',
    ask: 'Ask',
    good: 'Good answer',
    bad: 'Wrong or unhelpful',
    remove: 'Delete this answer',
    close: 'Close',
    cancel: 'Cancel',
    run: 'Run',
    keep: 'Keep',
  },
  headings: {
    sql: 'SQL',
    suggestions: 'You could ask',
    refusedSql: 'SQL that was refused',
    failedSql: 'SQL that was tried',
    details: 'Details',
    memories: 'Memories used',
    help: 'What I can do',
    budget: 'Budget',
    memoryList: 'What I remember here',
    sources: 'Connected data',
    status: 'What is in use',
  },
  reference: (id: string): string => `Reference: ${id}`,
  edit: {
    title: 'Edit SQL',
    label: 'SQL',
    hint: (source: string): string =>
      `One read statement, run on ${source} under the guard. The answer goes to the thread.`,
    tooLong: (length: number, max: number): string =>
      `This SQL has ${number(length)} characters; Slack's text field takes ${number(max)}. Copy it from below, edit it, and send it to me as a message: SQL that is pasted as a question is checked and run.`,
    empty: 'Write one SELECT statement.',
  },
  details: {
    question: 'Question',
    source: 'Data source',
    interpretation: 'Understood as',
    verified: 'Verified query',
    parameters: 'Parameters',
    time: 'Time',
    cost: 'Cost',
    answered: 'Answered',
    id: 'Answer id',
  },
  memory: {
    none: 'I remember nothing here yet. Say “remember …” or “by X we mean Y”, or type `/memori memory add …`.',
    gone: 'It has been forgotten since.',
    personal: (count: number): string =>
      `${plural(count, 'memory is', 'memories are')} personal to whoever asked, or forgotten since, and not shown.`,
    why: (scope: string, kind: string): string => `${kind}, ${scope}`,
    taughtBy: (name: string): string => `taught by ${name}`,
    askedBy: (name: string): string => `asked by ${name}`,
    more: (count: number): string => `…and ${number(count)} more.`,
    added: (text: string, scope: string): string => `Remembered (${scope}): ${text}`,
    forgotten: (text: string, deleted: number): string =>
      `Forgotten for good: ${text} (${plural(deleted, 'record', 'records')} deleted).`,
    confirmTitle: 'Forget this?',
    confirmText: 'It is deleted for good, and I will not learn it again from old messages.',
    scopes: {
      user: 'only you',
      dm: 'this conversation',
      thread: 'this thread',
      channel: 'this channel',
      workspace: 'the whole workspace',
      datasource: 'this data source',
    } satisfies Record<ScopeType, string>,
    kinds: {
      fact: 'Fact',
      preference: 'Preference',
      rule: 'Rule',
      definition: 'Definition',
      correction: 'Correction',
      query_pattern: 'Query pattern',
      episode: 'Earlier question',
    } satisfies Record<MemoryKind, string>,
    conscious: 'always in mind',
  },
  budget: {
    scope: { user: 'You', channel: 'This channel', global: 'The whole workspace' } as Readonly<Record<string, string>>,
    tokens: (count: string): string => `${count} tokens`,
    line: (spent: string, held: string, left: string): string => `spent ${spent} · held ${held} · left ${left}`,
    unlimited: 'no limit',
    reset: (time: string): string => `Starts anew at ${time}.`,
    perRequest: (tokens: number): string => `One question may use ${number(tokens)} tokens.`,
    none: 'No budget is set: nothing is limited.',
  },
  sources: {
    none: 'No database is connected. An operator connects one with DATA_SOURCES.',
    tables: (count: number): string => plural(count, 'table', 'tables'),
    more: (count: number): string => `and ${number(count)} more`,
    unavailable: 'cannot be reached now',
    today: (day: string): string => `“today” is ${day}`,
  },
  status: { ok: 'ok', broken: 'not working' },
  parts: {
    slack: 'Slack',
    store: 'Store',
    model: 'Model',
    embeddings: 'Embeddings',
    data: 'Data',
    alerts: 'Alerts',
  } satisfies Record<PartStatus['part'], string>,
  home: {
    title: 'Ask your data',
    intro:
      'Mention me in a thread or write to me here. I answer from your database with a sentence, a table, a chart, the SQL and a CSV. I remember what your team teaches me, I never write to a database, and I never spend more than you allow.',
    ask: 'Questions to start with',
    promptsTitle: 'Ask about your data',
  },
  commands: {
    help: 'show this list',
    budget: 'what has been spent today, what is held and what is left',
    memoryList: 'what I remember here, with scope and source',
    memoryAdd: 'remember something',
    memoryForget: 'forget a memory for good, by its number in the list',
    sources: 'which databases I can ask',
    status: 'which parts are in use and how to change them',
    unknown: (word: string): string => `There is no /memori ${word}.`,
    didYouMean: (command: string): string => `Did you mean /memori ${command}?`,
    usage: (usage: string): string => `Usage: ${usage}`,
    example: (text: string): string => `For example: ${text}`,
    addExample: '/memori memory add by revenue we mean net of refunds',
    forgetHint: 'The numbers are in /memori memory list.',
    questionHint: 'To ask a question, mention me in a channel or write to me directly.',
  },
  help: {
    ask: 'Mention me with a question, or write to me directly. In a thread where I have answered you need not mention me.',
    teach: 'Teach me: “remember that …”, “by X we mean Y”, “always …”.',
    commands: 'Commands',
  },
  click: {
    stale: 'This answer is no longer there. Ask again and use the new buttons.',
    elsewhere: 'That answer belongs to another channel or workspace.',
    external: 'I answer members of this workspace only. Ask one of them to run it for you.',
    notYours: 'Only the person who asked, or a workspace admin, may do that.',
    noSql: 'There is no SQL to work with in this answer.',
    askedInDirect: 'Asked in our direct message: the answer is there.',
    thanks: 'Thank you, noted.',
    thanksBad: 'Noted. Tell me what is wrong in this thread (“no, use …”), or edit the SQL.',
    csvPosted: (rows: number, truncated: boolean): string =>
      `${plural(rows, 'row', 'rows')}${truncated ? ', cut at the export limit' : ''}`,
    nothingRuns: 'Nothing is running here.',
  },
};

export type Texts = typeof en;
