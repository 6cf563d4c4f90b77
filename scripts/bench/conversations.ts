import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { z } from 'zod';
import type { Conversation } from './conversation.ts';
import { dataFiles } from './data-files.ts';
import { readOwnSet } from './own-set.ts';

export const formats = ['own', 'locomo', 'realtalk', 'beam'] as const;
export type Format = (typeof formats)[number];
export const isFormat = (text: string): text is Format => formats.some((format) => format === text);

/** Errors: those of the file system, and zod's when a file has another shape. */
export async function readConversations(path: string, format: Format): Promise<readonly Conversation[]> {
  switch (format) {
    case 'own':
      return (await Promise.all(dataFiles(path, '.jsonl').map((file) => readOwnSet(file)))).flat();
    case 'locomo':
      return dataFiles(path, '.json').flatMap((file) => readLocomo(readJson(file)));
    case 'realtalk':
      return readdirSync(path)
        .filter((name) => name.endsWith('.json'))
        .sort()
        .map((name) => readRealtalk(basename(name, '.json'), readJson(join(path, name))));
    case 'beam':
      return readdirSync(path)
        .filter((name) => existsSync(join(path, name, 'chat.json')))
        .sort((a, b) => Number(a) - Number(b))
        .map((name) => readBeam(name, join(path, name)));
  }
}

const readJson = (path: string): unknown => JSON.parse(readFileSync(path, 'utf8'));

/** Category numbers of the released file (`task_eval/evaluation.py` in snap-research/LoCoMo). */
const categories: Readonly<Record<number, string>> = {
  1: 'multi-hop',
  2: 'temporal',
  3: 'open-domain',
  4: 'single-hop',
  5: 'adversarial',
};

const locomoTurn = z.object({
  dia_id: z.string(),
  speaker: z.string(),
  text: z.string().nullish(),
  blip_caption: z.string().nullish(),
});
const locomoFile = z.array(
  z.object({
    sample_id: z.string(),
    conversation: z.record(z.string(), z.unknown()),
    qa: z.array(
      z.object({ question: z.coerce.string(), category: z.number(), evidence: z.array(z.string()).default([]) }),
    ),
  }),
);

/** Errors: those of zod, when the file has another shape. */
function readLocomo(parsed: unknown): readonly Conversation[] {
  return locomoFile.parse(parsed).map(({ sample_id, conversation, qa }) => {
    const turns = Object.keys(conversation)
      .filter((key) => /^session_\d+$/.test(key))
      .sort((a, b) => Number(a.slice(8)) - Number(b.slice(8)))
      .flatMap((session) =>
        z
          .array(locomoTurn)
          .parse(conversation[session] ?? [])
          .map((turn) => ({
            id: turn.dia_id,
            session,
            speaker: turn.speaker,
            text: `${turn.text ?? ''} ${turn.blip_caption ?? ''}`.trim(),
            at: dayOf(String(conversation[`${session}_date_time`] ?? '')),
          })),
      );
    const ids = new Set(turns.map(({ id }) => id));
    return {
      id: sample_id,
      turns,
      questions: qa.map(({ question, category, evidence }) => ({
        text: question,
        category: categories[category] ?? String(category),
        evidence: turnIds(evidence).filter((id) => ids.has(id)),
      })),
    };
  });
}

/** "1:56 pm on 8 May, 2023". */
function dayOf(text: string): Date | undefined {
  const found = /on (\d+ \w+),? (\d{4})/.exec(text);
  return found ? new Date(`${found[1]} ${found[2]} UTC`) : undefined;
}

/** The labels contain joined ids ("D8:6; D9:17") and errors ("D:11:26", "D30:05"). */
function turnIds(evidence: readonly string[]): string[] {
  const ids = evidence
    .flatMap((label) => label.split(/[;,\s]+/))
    .flatMap((label) => {
      const found = /^D:?(\d+):(\d+)$/.exec(label);
      return found ? [`D${Number(found[1])}:${Number(found[2])}`] : [];
    });
  return [...new Set(ids)];
}

const realtalkTurn = z.object({
  dia_id: z.string(),
  speaker: z.string().default(''),
  clean_text: z.string().nullish(),
  blip_caption: z.string().nullish(),
});
const questionWithEvidence = z.object({
  question: z.coerce.string(),
  category: z.union([z.number(), z.string()]).default('all questions'),
  evidence: z.union([z.array(z.string()), z.string()]).nullish(),
});

/** One chat of REALTALK: sessions of turns with their dates, and questions with the ids of turns. */
function readRealtalk(id: string, parsed: unknown): Conversation {
  const chat = z.record(z.string(), z.unknown()).parse(parsed);
  const turns = Object.keys(chat)
    .filter((key) => /^session_\d+$/.test(key))
    .sort((a, b) => Number(a.slice(8)) - Number(b.slice(8)))
    .flatMap((session) =>
      z
        .array(realtalkTurn)
        .parse(chat[session] ?? [])
        .map((turn) => ({
          id: turn.dia_id,
          session,
          speaker: turn.speaker,
          text: `${turn.clean_text ?? ''} ${turn.blip_caption ?? ''}`.trim(),
          at: dateIn(String(chat[`${session}_date_time`] ?? '')),
        })),
    );
  const ids = new Set(turns.map((turn) => turn.id));
  const questions = z.array(questionWithEvidence).parse(chat.qa ?? []);
  return {
    id,
    turns,
    questions: questions.map(({ question, category, evidence }) => ({
      text: question,
      category: String(category),
      evidence: turnIds([evidence ?? []].flat()).filter((one) => ids.has(one)),
    })),
  };
}

/** "on 8 May, 2023", "29.12.2023, 15:05:00" and what `Date` reads. */
function dateIn(text: string): Date | undefined {
  const dotted = /(\d{1,2})\.(\d{1,2})\.(\d{4})/.exec(text);
  const date = dotted ? new Date(`${dotted[3]}-${dotted[2]}-${dotted[1]}`) : (dayOf(text) ?? new Date(text));
  return Number.isNaN(date.getTime()) ? undefined : date;
}

const beamChat = z.array(
  z.object({
    batch_number: z.union([z.number(), z.string()]),
    turns: z.array(
      z.array(
        z.object({
          id: z.union([z.number(), z.string()]),
          role: z.string().default(''),
          content: z.string().default(''),
          time_anchor: z.string().nullish(),
        }),
      ),
    ),
  }),
);

/** One chat of BEAM: batches of turns, and questions by category whose evidence may be nested in any way. */
function readBeam(id: string, folder: string): Conversation {
  // Only the first turn of a day says which day it is.
  let at: Date | undefined;
  const turns = beamChat.parse(readJson(join(folder, 'chat.json'))).flatMap((batch) =>
    batch.turns.flat().map((turn) => {
      at = turn.time_anchor ? dateIn(turn.time_anchor) : at;
      return {
        id: String(turn.id),
        session: `batch ${batch.batch_number}`,
        speaker: turn.role,
        text: turn.content,
        at,
      };
    }),
  );
  const ids = new Set(turns.map((turn) => turn.id));
  const asked = z
    .record(z.string(), z.array(z.object({ question: z.coerce.string(), source_chat_ids: z.unknown().optional() })))
    .parse(readJson(join(folder, 'probing_questions', 'probing_questions.json')));
  const questions = Object.entries(asked).flatMap(([category, all]) =>
    all.map(({ question, source_chat_ids }) => ({
      text: question,
      category,
      evidence: [...new Set(leaves(source_chat_ids))].filter((one) => ids.has(one)),
    })),
  );
  return { id, turns, questions };
}

const leaves = (value: unknown): string[] =>
  typeof value === 'object' && value !== null ? Object.values(value).flatMap(leaves) : [String(value)];
