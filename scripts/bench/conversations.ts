import { z } from 'zod';

/** What both formats come down to. */
export type Conversation = {
  readonly id: string;
  readonly turns: readonly {
    readonly id: string;
    readonly session: string;
    readonly speaker: string;
    readonly text: string;
    readonly at: Date | undefined;
  }[];
  readonly questions: readonly {
    readonly text: string;
    readonly category: string;
    readonly evidence: readonly string[];
  }[];
};

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
  text: z.string().default(''),
  blip_caption: z.string().default(''),
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
export function readLocomo(parsed: unknown): readonly Conversation[] {
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
            text: `${turn.text} ${turn.blip_caption}`.trim(),
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

/** The labels hold joined ids ("D8:6; D9:17") and slips ("D:11:26", "D30:05"). */
function turnIds(evidence: readonly string[]): string[] {
  const ids = evidence
    .flatMap((label) => label.split(/[;,\s]+/))
    .flatMap((label) => {
      const found = /^D:?(\d+):(\d+)$/.exec(label);
      return found ? [`D${Number(found[1])}:${Number(found[2])}`] : [];
    });
  return [...new Set(ids)];
}

const ownFile = z.object({
  conversations: z.array(
    z.object({
      id: z.string(),
      turns: z.array(
        z.object({
          id: z.string(),
          session: z.string(),
          speaker: z.string().default(''),
          text: z.string(),
          at: z.coerce.date().optional(),
        }),
      ),
      questions: z.array(
        z.object({ text: z.string(), category: z.string().default('all questions'), evidence: z.array(z.string()) }),
      ),
    }),
  ),
});

/** Errors: those of zod, when the file has another shape. */
export function readOwn(parsed: unknown): readonly Conversation[] {
  return ownFile.parse(parsed).conversations.map(({ turns, ...rest }) => ({
    ...rest,
    turns: turns.map((turn) => ({ ...turn, at: turn.at })),
  }));
}
