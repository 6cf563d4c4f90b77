import type { App, Receiver, ReceiverEvent } from '@slack/bolt';
import type { AnswerRecord } from '../../src/core/answers/answer-store.ts';
import type { AuditEntry } from '../../src/core/base/audit.ts';
import { MemoriError } from '../../src/core/base/errors.ts';
import type { Person, Place } from '../../src/core/base/namespace.ts';
import type { Question } from '../../src/core/base/question.ts';
import type { Conversation } from '../../src/core/conversation/conversation.ts';
import type { MemorySettings } from '../../src/core/memory/memories.ts';
import type { Memory } from '../../src/core/memory/memory.ts';
import type { SlackDeps } from '../../src/slack/slack-deps.ts';
import { resultRows } from './outcomes.ts';
import { storedMemory } from './stored-memory.ts';

/** What the ports were asked to do, in order. */
export type Asked = {
  readonly questions: Question[];
  readonly again: AnswerRecord[];
  readonly sql: string[];
  readonly stopped: string[];
  readonly feedback: string[];
  readonly received: string[];
  readonly audit: AuditEntry[];
  readonly forgotten: { readonly id: string; readonly place: Place; readonly person: Person }[];
  readonly alerts: string[];
};

export type Fakes = {
  readonly deps: SlackDeps;
  readonly asked: Asked;
  readonly records: Map<string, AnswerRecord>;
  readonly ownThreads: Set<string>;
  readonly memories: Memory[];
};

export const fakeMemory = (id: string, text: string): Memory =>
  storedMemory(id, new Date('2026-03-01T12:00:00Z'), { text });

/** Ports that write down what they are asked. `runSql` refuses text with DROP, as the guard would. */
export function fakePorts(): Fakes {
  const asked: Asked = {
    questions: [],
    again: [],
    sql: [],
    stopped: [],
    feedback: [],
    received: [],
    audit: [],
    forgotten: [],
    alerts: [],
  };
  const shownLists = new Map<string, readonly string[]>();
  const records = new Map<string, AnswerRecord>();
  const ownThreads = new Set<string>();
  const memories: Memory[] = [];
  /** By its id or its number in the list. */
  function found(id: string): { readonly memory: Memory; readonly index: number } {
    const index = memories.findIndex((memory, at) => memory.id === id || String(at + 1) === id);
    const memory = memories[index];
    if (memory === undefined) throw new MemoriError('not_found', 'no', { details: { what: 'that memory' } });
    return { memory, index };
  }
  function changed(id: string, change: Partial<Memory>): Memory {
    const { memory, index } = found(id);
    memories[index] = { ...memory, ...change };
    return { ...memory, ...change };
  }
  const settings = new Map<string, MemorySettings>();
  const conversation: Conversation = {
    async ask({ text, order }, surface) {
      if (text === 'crash') throw new TypeError('a bug');
      await surface.acknowledge();
      if (!(await surface.admit())) return;
      asked.questions.push(await surface.question());
      if (order.kind === 'sql') asked.sql.push(order.sql);
      const record = 'answer' in order ? records.get(order.answer) : undefined;
      if (record) asked.again.push(record);
      if (order.kind === 'sql') await surface.reply.open(undefined);
    },
    async checkSql(sql) {
      if (sql.includes('DROP'))
        throw new MemoriError('sql_refused', 'no', { details: { message: 'it is not a read' } });
    },
    checkAnyway: () => undefined,
    rows: async () => resultRows(['a', 'n:integer'], [['=1+1', 1]]),
    received: async ({ question }, reception) => void asked.received.push(`${question.text} ${reception}`),
    takesPartIn: async (...thread) => ownThreads.has(thread.join(':')),
    stop: async (session) => asked.stopped.push(session) > 0,
    recover: async () => 0,
    drain: async () => undefined,
  };
  const deps: SlackDeps = {
    conversation,
    answers: {
      put: async (record) => void records.set(record.id, record),
      get: async (team, id) => (id.startsWith(`${team}:`) ? records.get(id) : undefined),
      thread: async () => [],
      feedback: async (_team, id, user, value) => void asked.feedback.push(`${id} ${user} ${value}`),
      erase: async () => 0,
    },
    memories: {
      shown: {
        put: async (team, user, channel, ids) => void shownLists.set(`${team} ${user} ${channel}`, ids),
        get: async (team, user, channel) => shownLists.get(`${team} ${user} ${channel}`),
      },
      recall: async () => [],
      detect: () => undefined,
      teach: async (taught) => {
        const source = { author: 'U1', channel: 'C1', ts: '1.2' };
        const memory = { ...fakeMemory(`m${memories.length + 1}`, taught.text), source };
        memories.push(memory);
        return memory;
      },
      remember: async () => undefined,
      received: async () => undefined,
      note: async () => 0,
      list: async () => [...memories],
      async forget(id, person, place) {
        const { memory, index } = found(id);
        memories.splice(index, 1);
        asked.forgotten.push({ id: memory.id, person, place });
        return { memories: [memory], deleted: 1 };
      },
      search: async (text) => memories.filter((memory) => memory.text.includes(text)),
      async edit(id, text) {
        if (text.includes('hunter2')) throw new MemoriError('secret_refused', 'no');
        return changed(id, { text });
      },
      pin: async (id, pinned) => changed(id, { pinned }),
      share: async (id, scope) => changed(id, { scope }),
      exportAll: async () => memories.map(({ id, text }) => `${JSON.stringify({ id, text })}\n`).join(''),
      settings: {
        get: async (_team, user) => settings.get(user) ?? { auto: true, conscious: true },
        set: async (_team, user, value) => void settings.set(user, value),
      },
    },
    budgets: { balances: async () => [], resetsAt: () => new Date('2026-03-02T00:00:00Z'), perRequestTokens: 8000 },
    data: {
      sources: () => [],
      saved: { of: async () => [], save: async () => undefined, remove: async () => undefined },
      examples: () => ['Revenue by month', 'Top 5 customers'],
    },
    status: async () => [{ part: 'store', using: 'embedded', change: 'set MONGODB_URI', ok: true }],
    files: {
      csv: { csv: async () => new TextEncoder().encode('a,n\r\n') },
      charts: { png: async () => new Uint8Array([0x89, 0x50, 0x4e, 0x47]) },
    },
    ops: {
      audit: {
        append: async (entry) => void asked.audit.push(entry),
        verify: async () => ({ entries: 0, brokenAt: undefined }),
      },
      clock: { now: () => new Date('2026-03-01T12:00:00Z') },
      logger: { info: () => undefined, warn: () => undefined, error: () => undefined },
      alerts: { raise: async ({ title }) => void asked.alerts.push(title) },
    },
  };
  return { deps, asked, records, ownThreads, memories };
}

/** A receiver that hands events straight to the app and gives back what was acknowledged. */
export function createTestReceiver(): Receiver & { send(body: ReceiverEvent['body']): Promise<unknown> } {
  let app: App | undefined;
  return {
    init: (made) => {
      app = made;
    },
    start: async () => undefined,
    stop: async () => undefined,
    async send(body) {
      let acked: unknown;
      const ack = async (value: unknown): Promise<void> => {
        acked = value ?? 'ok';
      };
      await app?.processEvent({ body, ack });
      return acked;
    },
  };
}
