import { z } from 'zod';
import { limits } from '../limits.ts';
import type { Block } from '../page-api.ts';
import { validateBlocks } from '../validate-blocks.ts';

/** Chunks of `chat.*Stream`: docs.slack.dev/messaging/sending-and-scheduling-messages#text-streaming. */
const chunk = z.discriminatedUnion('type', [
  z.object({ type: z.literal('markdown_text'), text: z.string() }),
  z.object({ type: z.literal('plan_update'), title: z.string().min(1) }),
  z.object({
    type: z.literal('task_update'),
    id: z.string().min(1),
    title: z.string().min(1),
    status: z.enum(['pending', 'in_progress', 'complete', 'error']),
    details: z.string().optional(),
    output: z.string().optional(),
    sources: z.array(z.unknown()).optional(),
  }),
  z.object({ type: z.literal('blocks'), blocks: z.array(z.unknown()) }),
]);
/** A piece of a stream: text or a task. */
export type Chunk = z.infer<typeof chunk>;
type Task = Extract<Chunk, { type: 'task_update' }>;

type Part =
  | { readonly kind: 'markdown'; readonly text: string }
  | { readonly kind: 'task'; readonly task: Task }
  | { readonly kind: 'blocks'; readonly blocks: readonly Block[] };

/** A message that arrives in pieces. */
export type Stream = {
  readonly startedAt: number;
  /** `plan` shows all tasks together, `timeline` each at its place. */
  readonly mode: 'timeline' | 'plan';
  readonly planTitle?: string;
  readonly parts: readonly Part[];
};

/** The chunks, or undefined when they are not what Slack knows (`invalid_chunks`). */
export function readChunks(value: unknown): readonly Chunk[] | undefined {
  const parsed = z.array(chunk).safeParse(value);
  const fits =
    parsed.success &&
    parsed.data.every(
      (one) =>
        (one.type !== 'markdown_text' || one.text.length <= limits.message.markdown) &&
        (one.type !== 'blocks' || validateBlocks(one.blocks, 'message').ok),
    );
  return fits ? parsed.data : undefined;
}

/** Adds a chunk: text continues text, and a known task is updated in its place. */
export function appendChunk(stream: Stream, next: Chunk): Stream {
  switch (next.type) {
    case 'plan_update':
      return { ...stream, planTitle: next.title };
    case 'markdown_text':
      return { ...stream, parts: appendText(stream.parts, next.text) };
    case 'task_update':
      return { ...stream, parts: putTask(stream.parts, next) };
    case 'blocks':
      return { ...stream, parts: [...stream.parts, { kind: 'blocks', blocks: next.blocks as readonly Block[] }] };
  }
}

/** The text of a stream, as the message's `text`. */
export function streamText(stream: Stream): string {
  return stream.parts.map((part) => (part.kind === 'markdown' ? part.text : '')).join('');
}

/** The blocks that show a stream. Ids are stable from one call to the next. */
export function streamBlocks(stream: Stream): readonly Block[] {
  const tasks = stream.parts.filter((part) => part.kind === 'task').map((part) => taskCard(part.task));
  let planned = false;
  const blocks = stream.parts.flatMap((part, index): readonly Block[] => {
    if (part.kind === 'markdown') return [{ type: 'markdown', block_id: `s${index}`, text: part.text }];
    if (part.kind === 'blocks') return part.blocks;
    if (stream.mode === 'timeline') return [{ ...taskCard(part.task), block_id: `s${index}` }];
    if (planned) return [];
    planned = true;
    return [{ type: 'plan', block_id: `s${index}`, title: stream.planTitle ?? 'Working', tasks }];
  });
  return blocks;
}

function appendText(parts: readonly Part[], text: string): readonly Part[] {
  const last = parts.at(-1);
  if (last?.kind !== 'markdown') return [...parts, { kind: 'markdown', text }];
  return [...parts.slice(0, -1), { kind: 'markdown', text: last.text + text }];
}

/** What an update leaves out stays as it was. */
function putTask(parts: readonly Part[], task: Task): readonly Part[] {
  const known = parts.some((part) => part.kind === 'task' && part.task.id === task.id);
  if (!known) return [...parts, { kind: 'task', task }];
  return parts.map((part) =>
    part.kind === 'task' && part.task.id === task.id ? { kind: 'task', task: { ...part.task, ...task } } : part,
  );
}

function taskCard({ id, title, status, details, output, sources }: Task): Block {
  return {
    type: 'task_card',
    task_id: id,
    title,
    status,
    ...(details !== undefined && { details: asRichText(details) }),
    ...(output !== undefined && { output: asRichText(output) }),
    ...(sources !== undefined && { sources }),
  };
}

function asRichText(text: string): Block {
  return { type: 'rich_text', elements: [{ type: 'rich_text_section', elements: [{ type: 'text', text }] }] };
}
