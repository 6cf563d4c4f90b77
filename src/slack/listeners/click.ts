import type { AckFn, App, BlockAction, Context, RespondFn } from '@slack/bolt';
import type { AnswerRecord } from '../../core/answers/answer-store.ts';
import type { Person, Place } from '../../core/base/namespace.ts';
import type { Question } from '../../core/base/question.ts';
import type { SlackClients } from '../clients.ts';
import { explain, placeOf, type SlackEdge } from '../edge.ts';
import { callerOf, questionId } from '../namespaces.ts';
import type { Texts } from '../texts/en.ts';
import { textsFor } from '../texts/texts-for.ts';

/** A click on something of ours, by whom and where, all from the request that Slack signed. */
export type Click = {
  readonly clients: SlackClients;
  readonly person: Person;
  /** Channel and thread of the message; in a view, which has no channel, both are empty. */
  readonly place: Place;
  readonly texts: Texts;
  /** What the element carries: ids only. */
  readonly value: string;
  /** Unique per click: two deliveries of one click have the same. */
  readonly actionTs: string;
  readonly messageTs: string | undefined;
  readonly triggerId: string;
  readonly body: BlockAction;
  readonly respond: RespondFn;
  /** Says something to this person alone. */
  tell(text: string): Promise<void>;
};

type Handler = (click: Click) => Promise<void>;

/** Acknowledges, finds out who clicked where, and tells the person when something goes wrong. */
export function onClick(app: App, edge: SlackEdge, actionId: string | RegExp, handle: Handler): void {
  app.action<BlockAction>(actionId, async ({ ack, body, action, context, respond }) => {
    await (ack as AckFn<void>)();
    const click = await clickOf(edge, context, body, action, respond);
    try {
      if (click.person.external) await click.tell(click.texts.click.external);
      else await handle(click);
    } catch (error) {
      await click.tell(explain(edge, error, click.person.locale, `action ${String(actionId)}`));
    }
  });
}

/** A click on a button of an answer: the answer is looked up again and must belong to this team and channel. */
export function onAnswerClick(
  app: App,
  edge: SlackEdge,
  actionId: string | RegExp,
  handle: (click: Click, record: AnswerRecord, argument: string) => Promise<void>,
): void {
  onClick(app, edge, actionId, async (click) => {
    const [answerId = '', argument = ''] = click.value.split('|');
    const record = await edge.deps.answers.get(click.person.team, answerId);
    if (record === undefined) return click.tell(click.texts.click.stale);
    if (!mayUse(click, record)) return click.tell(click.texts.click.elsewhere);
    await handle(click, record, argument);
  });
}

/**
 * Whoever clicked a message has it before their eyes, so being in its channel is proof enough; the answer must be of that
 * very channel and of this team, whatever id the button carried.
 */
export const mayUse = ({ person, place }: Pick<Click, 'person' | 'place'>, { question }: AnswerRecord): boolean =>
  question.person.team === person.team && question.place.channel === place.channel;

/** A question that a click asks, in the thread of the message that was clicked. */
export const questionOf = ({ person, place, actionTs }: Click, text: string, askedAt: Date): Question => ({
  id: questionId(person.team, place.channel, actionTs),
  text,
  person,
  place,
  askedAt,
  origin: 'click',
});

async function clickOf(
  edge: SlackEdge,
  context: Context,
  body: BlockAction,
  action: BlockAction['actions'][number],
  respond: RespondFn,
): Promise<Click> {
  const clients = edge.clients(context.botToken ?? '');
  const shared = (body as { readonly is_ext_shared_channel?: boolean }).is_ext_shared_channel === true;
  const caller = callerOf(context, body.user.id, body.user.team_id, shared);
  const channel = body.channel?.id ?? '';
  const messageTs = body.message?.ts;
  const thread = body.message?.thread_ts ?? messageTs ?? '';
  const [person, place] = await Promise.all([
    edge.directory.person(caller, clients.reads),
    placeOf(edge, clients, caller.team, channel, thread),
  ]);
  return {
    clients,
    person,
    place,
    texts: textsFor(person.locale),
    value: chosenValue(action),
    actionTs: action.action_ts,
    messageTs,
    triggerId: body.trigger_id,
    body,
    respond,
    tell: (text) => (isEphemeral(body) ? tellBeside(respond, text) : tell(clients, person, channel, thread, text)),
  };
}

/** What a button carries, or the option that was chosen. */
function chosenValue(action: BlockAction['actions'][number]): string {
  if (action.type === 'static_select') return action.selected_option?.value ?? '';
  return 'value' in action && typeof action.value === 'string' ? action.value : '';
}

/** A message that only this person sees may be in a channel that the bot is not in: its own address works there. */
const isEphemeral = (body: BlockAction): boolean => body.container.is_ephemeral === true;
const tellBeside = async (respond: RespondFn, text: string): Promise<void> =>
  void (await respond({ response_type: 'ephemeral', replace_original: false, text }));

/** In the thread where it was clicked; from a view, which is nowhere, as a direct message. */
async function tell(
  { posting }: SlackClients,
  { user }: Person,
  channel: string,
  thread: string,
  text: string,
): Promise<void> {
  if (channel === '') {
    await posting.chat.postMessage({ channel: user, text, unfurl_links: false, unfurl_media: false });
    return;
  }
  await posting.chat.postEphemeral({ channel, user, text, ...(thread === '' ? {} : { thread_ts: thread }) });
}
