import type { Expense, Outcome } from '../core/answers/outcome.ts';
import { type Locale, type Person, sessionOf } from '../core/base/namespace.ts';
import type { Arrival } from '../core/base/question.ts';
import type { Reply } from '../core/conversation/reply.ts';
import { localeOf, textsFor } from '../core/texts/texts-for.ts';
import { createAnswerMessage } from './answer-message.ts';
import { chartBlock } from './blocks/chart-block.ts';
import { outcomeText } from './blocks/outcome-blocks.ts';
import { progressBlocks } from './blocks/progress-blocks.ts';
import { createBusySign } from './busy-sign.ts';
import { inertLine } from './escape.ts';
import { blocksOf, headingOf, showFinal } from './final-blocks.ts';
import { findPosted } from './post-once.ts';
import { createThrottle } from './throttle.ts';
import { type ChartUpload, uploadChart } from './upload-chart.ts';

/** The question that is answered, and how to write the answer. */
export type ReplyContext = Omit<ChartUpload, 'place' | 'question'> & {
  readonly arrival: Arrival;
  /** Who asked, once Slack has said it. The first sign does not wait for that. */
  readonly person: () => Pick<Person, 'name' | 'locale'> | undefined;
  /** An earlier attempt may have posted a message that was not recorded. */
  readonly isLeftBehind: boolean;
};

/** Slack allows about one edit of a message a second. */
const editEveryMs = 1200;

/** The answer's message in Slack: a placeholder at once, edited during the work, and finally edited into the answer. */
export function createReply(context: ReplyContext): Reply {
  const { arrival, clients, logger, isLeftBehind } = context;
  const { id, channel, thread, caller, text: asked } = arrival;
  const locale = (): Locale => localeOf(asked, context.person()?.locale ?? 'en');
  const session = sessionOf(caller.team, channel, thread);
  const message = createAnswerMessage({ clients, channel, thread, question: id, isLeftBehind });
  let stand: (ts: string | undefined) => void = () => {};
  /** The ts of the message once it is posted; work does not wait for it. */
  const placeholder = new Promise<string | undefined>((resolve) => {
    stand = resolve;
  });
  const sign = createBusySign(clients, { channel, thread }, placeholder, isLeftBehind);

  const showing = (text: string) => {
    const texts = textsFor(locale());
    const stoppable = sign.hasStop() ? undefined : caller.user;
    const blocks = [...headingOf(arrival, context.person(), texts), ...progressBlocks(text, session, stoppable, texts)];
    return { text: inertLine(text), blocks };
  };
  // Not at once, because most answers arrive before anybody would see the edit.
  const edits = createThrottle(
    async (text) => {
      if ((await placeholder) !== undefined) await message.edit(showing(text));
    },
    editEveryMs,
    editEveryMs,
  );
  const show = (text: string, status: string): void => {
    sign.show(status);
    edits.push(text);
  };

  /** The process may have ended between posting and recording the message; then Slack is asked. */
  const begun = async (): Promise<string | undefined> =>
    isLeftBehind ? findPosted(clients, { channel, thread }, id) : undefined;

  async function suspend(): Promise<void> {
    stand(message.ts());
    await Promise.all([sign.stop(), edits.stop()]);
  }

  return {
    async open(noted) {
      const earlier = noted ?? (await begun());
      const posted = message.open(() => showing(textsFor(locale()).placeholder), earlier);
      posted.then(stand, () => stand(undefined));
      return posted;
    },
    waiting({ turns, ms }) {
      const texts = textsFor(locale());
      show(texts.waiting(turns, Math.ceil(ms / 1000)), texts.busy);
    },
    progress(step) {
      const text = textsFor(locale()).steps[step];
      show(text, textsFor(locale()).doing(text));
    },
    suspend,
    async finish(outcome, expense, answerId) {
      await suspend();
      // The status line is removed whether the answer can be shown or not.
      const clearing = sign.clear();
      try {
        await showAnswer(outcome, expense, answerId);
      } finally {
        await clearing;
      }
      return message.ts();
    },
    tidy(closing) {
      const late = [sign.tidy(closing), message.tidy(closing)].filter((one) => one !== undefined);
      return late.length === 0 ? undefined : Promise.all(late).then(() => undefined);
    },
  };

  async function showAnswer(outcome: Outcome, expense: Expense, answerId: string): Promise<void> {
    const texts = textsFor(locale());
    const blocksFor = blocksOf(outcome, expense, answerId, arrival, context.person(), texts);
    const look = await showFinal(message, outcome, blocksFor, logger, id);
    const chart = outcome.status === 'answered' ? outcome.chart : undefined;
    if (chart === undefined || (look?.chart && chartBlock(chart) !== undefined)) return;
    const upload = { ...context, place: { channel, thread }, question: id };
    if (!look?.chart) return void (await uploadChart(upload, chart, texts, thread));
    const picture = await uploadChart(upload, chart, texts);
    if (picture === undefined) return;
    const content = { text: outcomeText(outcome), blocks: blocksFor({ ...look, picture }) };
    if (!(await message.amend(content, logger))) await uploadChart(upload, chart, texts, thread);
  }
}
