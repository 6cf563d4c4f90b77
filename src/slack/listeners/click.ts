import type { AckFn, App, BlockAction, Context, RespondFn } from '@slack/bolt';
import type { AnswerRecord } from '../../core/answers/answer-store.ts';
import type { Caller, Person, Place } from '../../core/base/namespace.ts';
import type { Arrival, Order } from '../../core/base/question.ts';
import type { Texts } from '../../core/texts/texts-for.ts';
import { textsFor } from '../../core/texts/texts-for.ts';
import type { SlackClients } from '../clients.ts';
import { explain, type SlackEdge, surfaceFor } from '../edge.ts';
import { callerOf, questionId } from '../namespaces.ts';

/** A click on something of ours, by whom and where, all from the request that Slack signed. */
export type Click = {
  readonly clients: SlackClients;
  readonly caller: Caller;
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
 * A person who clicked a message has it before their eyes, so being in its channel is proof enough; the answer must be of that
 * very channel and of this team, whatever id the button carried.
 */
export const mayUse = ({ person, place }: Pick<Click, 'person' | 'place'>, record: AnswerRecord): boolean =>
  isOf(record, person.team, place.channel);

const isOf = ({ question }: AnswerRecord, team: string, channel: string): boolean =>
  question.person.team === team && question.place.channel === channel;

/** A question that a click asks, in the thread of the message that was clicked. */
export const arrivalIn = (
  caller: Caller,
  { channel, thread }: Pick<Place, 'channel' | 'thread'>,
  ts: string,
  asked: Asked,
  arrivedAt: Date,
): Arrival => ({
  id: questionId(caller.team, channel, ts),
  origin: 'click',
  ...asked,
  caller,
  channel,
  thread,
  arrivedAt,
});

/** What a click asks. */
export type Asked = { readonly text: string; readonly order: Order };

/**
 * A click on a button of an answer that asks a question. Kept before it is acknowledged, like a message, and before Slack is
 * asked about the person. `choose` gives undefined when the answer has no such choice any more.
 */
export function onAskingClick(
  app: App,
  edge: SlackEdge,
  actionId: string | RegExp,
  choose: (record: AnswerRecord, argument: string) => Asked | undefined,
): void {
  const { answers, conversation, ops } = edge.deps;
  app.action<BlockAction>(actionId, async ({ ack, body, action, context, respond }) => {
    let isAcknowledged = false;
    const acknowledge = async (): Promise<void> => {
      if (!isAcknowledged) await (ack as AckFn<void>)();
      isAcknowledged = true;
    };
    /** Says something to this person alone, once Slack has said who that is. */
    const tell = async (textOf: (click: Click) => string): Promise<void> => {
      await acknowledge();
      const click = await clickOf(edge, context, body, action, respond);
      await click.tell(click.person.external ? click.texts.click.external : textOf(click));
    };
    const from = placeIn(context, body);
    const [answerId = '', argument = ''] = chosenValue(action).split('|');
    try {
      const record = await answers.get(from.caller.team, answerId);
      const asked = record && choose(record, argument);
      if (record && !isOf(record, from.caller.team, from.channel)) return tell(({ texts }) => texts.click.elsewhere);
      if (asked === undefined) return tell(({ texts }) => texts.click.stale);
      const place = { channel: from.channel, thread: from.thread };
      const arrival = arrivalIn(from.caller, place, action.action_ts, asked, ops.clock.now());
      const clients = edge.clients(context.botToken ?? '');
      await conversation.ask(arrival, surfaceFor(edge, clients, arrival, acknowledge));
    } catch (error) {
      await tell(({ person }) => explain(edge, error, person.locale, `action ${String(actionId)}`));
    }
  });
}

/** Who clicked and where, as the request says. */
function placeIn(context: Context, body: BlockAction) {
  const shared = (body as { readonly is_ext_shared_channel?: boolean }).is_ext_shared_channel === true;
  const { id, team_id, name } = body.user as { readonly id: string; readonly team_id?: string; readonly name?: string };
  const caller = { ...callerOf(context, id, team_id, shared), ...(name === undefined ? {} : { name }) };
  const messageTs = body.message?.ts;
  const thread: string = body.message?.thread_ts ?? messageTs ?? '';
  return { caller, channel: body.channel?.id ?? '', thread, messageTs };
}

async function clickOf(
  edge: SlackEdge,
  context: Context,
  body: BlockAction,
  action: BlockAction['actions'][number],
  respond: RespondFn,
): Promise<Click> {
  const clients = edge.clients(context.botToken ?? '');
  const { caller, channel, thread, messageTs } = placeIn(context, body);
  const [person, place] = await Promise.all([
    edge.directory.person(caller, clients.reads),
    edge.directory.place(caller.team, channel, thread, clients.reads),
  ]);
  return {
    clients,
    caller,
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
