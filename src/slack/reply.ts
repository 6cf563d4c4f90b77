import type { AnyBlock } from '@slack/types';
import type { Expense, Outcome } from '../core/answers/outcome.ts';
import { sessionId } from '../core/base/namespace.ts';
import type { Reply } from '../core/conversation/reply.ts';
import { textsFor as coreTextsFor, localeOf } from '../core/texts/texts-for.ts';
import type { Look } from './blocks/answer-blocks.ts';
import { chartBlock } from './blocks/chart-block.ts';
import { quote } from './blocks/elements.ts';
import { outcomeBlocks, outcomeText } from './blocks/outcome-blocks.ts';
import { progressBlocks } from './blocks/progress-blocks.ts';
import { createBusySign } from './busy-sign.ts';
import { patiently } from './call-slack.ts';
import { inertLine } from './escape.ts';
import { slackLimits } from './limits.ts';
import { postOnce } from './post-once.ts';
import { slackError } from './slack-error.ts';
import type { Texts } from './texts/en.ts';
import { textsFor } from './texts/texts-for.ts';
import { createThrottle } from './throttle.ts';
import { type ChartUpload, uploadChart } from './upload-chart.ts';

export type ReplyContext = ChartUpload & {
  /** For a click: who asked and what for, shown above the answer, because no message of theirs says it. */
  readonly asked: ((texts: Texts) => { readonly who: string; readonly text: string }) | undefined;
};

/** Slack allows about one edit of a message a second. */
const editEveryMs = 1200;

/** From the best looking to what Slack never refuses. The last has no blocks at all. */
const looks: readonly (Look | undefined)[] = [
  { chart: true, table: 'native' },
  { chart: false, table: 'native' },
  { chart: false, table: 'text' },
  undefined,
];
const refusedBlocks = new Set(['invalid_blocks', 'invalid_blocks_format', 'msg_blocks_too_long', 'msg_too_long']);
const goneMessage = new Set(['message_not_found', 'cant_update_message', 'edit_window_closed']);

/** The answer's message in Slack: a placeholder at once, edited while the work goes on, and edited into the answer. */
export function createReply(context: ReplyContext): Reply {
  const { question, clients } = context;
  const { place } = question;
  const locale = localeOf(question.text, question.person.locale);
  const texts = textsFor(locale);
  const session = sessionId(question.person, place);
  const heading = headingOf(context, texts);
  let ts: string | undefined;
  let standing: (ts: string | undefined) => void = () => {};
  /** The message, once it is there: work begins without it. */
  const placeholder = new Promise<string | undefined>((resolve) => {
    standing = resolve;
  });
  let isTakenOver = false;
  const sign = createBusySign(clients, place, placeholder, () => isTakenOver);

  const showing = (text: string) => ({
    text: inertLine(text),
    blocks: [...heading, ...progressBlocks(text, session, sign.hasStop() ? undefined : question.person.user, texts)],
  });
  const post = async (message: { text: string; blocks?: AnyBlock[] }): Promise<string> => {
    ts = await postOnce(clients, { channel: place.channel, thread: place.thread, ...message }, question.id);
    return ts;
  };
  // Not at once: most answers are there before an edit would be seen.
  const edits = createThrottle(
    async (text) => {
      const at = await placeholder;
      if (at === undefined) return;
      const message = { channel: place.channel, ts: at, ...showing(text) };
      await clients.status.chat.update(message).catch(() => undefined);
    },
    editEveryMs,
    editEveryMs,
  );
  const show = (text: string, status: string): void => {
    sign.show(status);
    edits.push(text);
  };

  return {
    async open(replyTs) {
      ts = replyTs;
      isTakenOver = replyTs !== undefined;
      const posted = replyTs === undefined ? post(showing(texts.placeholder)) : Promise.resolve(replyTs);
      posted.then(standing, () => standing(undefined));
      return posted;
    },
    async waiting() {
      show(texts.waiting, texts.busy);
    },
    progress(step) {
      const text = coreTextsFor(locale).steps[step];
      show(text, texts.doing(text));
    },
    async finish(outcome, expense, answerId) {
      standing(ts);
      const quiet = sign.stop();
      await edits.stop();
      const blocksFor = blocksOf(outcome, expense, answerId, context, texts, heading);
      const look = await showFinal(context, () => ts, post, outcome, blocksFor);
      void quiet.then(() => sign.clear());
      const chart = outcome.status === 'answered' ? outcome.chart : undefined;
      if (chart === undefined || (look?.chart && chartBlock(chart) !== undefined)) return;
      const intoThread = () => uploadChart(context, chart, texts, place.thread);
      if (!look?.chart) return void (await intoThread());
      const picture = await uploadChart(context, chart, texts);
      if (picture === undefined) return;
      const blocks = blocksFor({ ...look, picture });
      if (!(await addPicture(context, ts, { text: outcomeText(outcome), blocks }))) await intoThread();
    },
  };
}

const headingOf = ({ asked }: ReplyContext, texts: Texts): AnyBlock[] => {
  const said = asked?.(texts);
  return said === undefined ? [] : [quote(said.who, said.text)];
};

function blocksOf(
  outcome: Outcome,
  expense: Expense,
  answerId: string,
  { question }: ReplyContext,
  texts: Texts,
  heading: readonly AnyBlock[],
): (look: Look) => AnyBlock[] {
  const frame = { answerId, asker: question.person.user, expense, texts };
  return (look) => [...heading, ...outcomeBlocks(outcome, frame, look)].slice(0, slackLimits.messageBlocks);
}

type Post = (message: { text: string; blocks?: AnyBlock[] }) => Promise<string>;

/** Steps down until Slack takes it. Gives the look that was taken. */
async function showFinal(
  context: ReplyContext,
  ts: () => string | undefined,
  post: Post,
  outcome: Outcome,
  blocksFor: (look: Look) => AnyBlock[],
): Promise<Look | undefined> {
  for (const look of looks) {
    const text = outcomeText(outcome);
    const blocks = look === undefined ? [] : blocksFor(look);
    try {
      await put(context, ts(), post, { text, blocks });
      return look;
    } catch (error) {
      if (look === undefined || !refusedBlocks.has(slackError(error) ?? '')) throw error;
      context.logger.warn('Slack refused the blocks of an answer', { question: context.question.id, look });
    }
  }
  return undefined;
}

/** Updates the message; posts a new one when it was deleted meanwhile or never posted. */
async function put(
  { clients, question }: ReplyContext,
  ts: string | undefined,
  post: Post,
  message: { text: string; blocks: AnyBlock[] },
): Promise<void> {
  const { channel } = question.place;
  if (ts === undefined) return void (await post(message));
  try {
    await patiently(() => clients.posting.chat.update({ channel, ts, ...message }), true);
  } catch (error) {
    if (!goneMessage.has(slackError(error) ?? '')) throw error;
    await post(message);
  }
}

/**
 * Puts the picture of a chart that Slack has no block for into an answer that is there already: drawing and uploading take
 * longer than the answer. False when Slack does not take it; an answer that was deleted meanwhile stays away.
 */
async function addPicture(
  { clients, question, logger }: ReplyContext,
  ts: string | undefined,
  message: { text: string; blocks: AnyBlock[] },
): Promise<boolean> {
  if (ts === undefined) return false;
  try {
    await patiently(() => clients.posting.chat.update({ channel: question.place.channel, ts, ...message }), true);
    return true;
  } catch (error) {
    logger.warn('Slack refused the picture of a chart in its answer', { question: question.id, error: String(error) });
    return goneMessage.has(slackError(error) ?? '');
  }
}
