import type { App, Context } from '@slack/bolt';
import { isMemoriError } from '../../core/base/errors.ts';
import type { Person, Place } from '../../core/base/namespace.ts';
import { textsFor } from '../../core/texts/texts-for.ts';
import { actionIds, memoryField, viewIds } from '../action-ids.ts';
import { memoryManager, memoryTextModal } from '../blocks/memory-blocks.ts';
import type { SlackClients } from '../clients.ts';
import type { Command } from '../commands/command.ts';
import { memoryAdd } from '../commands/memory-add.ts';
import { memoryEdit } from '../commands/memory-edit.ts';
import { runAudited } from '../commands/run-command.ts';
import { explain, type SlackEdge } from '../edge.ts';
import { callerOf, directPlace } from '../namespaces.ts';
import { sourceNames } from '../views.ts';
import { publishHome } from './app-home-opened.ts';
import { onClick } from './click.ts';
import { memoryPlace } from './memory-place.ts';

/** Edit and "That's wrong" open a memory in a text field; Manage opens them all; what is saved takes the old one's place. */
export function listenToMemoryEdits(app: App, edge: SlackEdge): void {
  const { memories } = edge.deps;

  onClick(app, edge, actionIds.memoryManage, async ({ clients, person, texts, triggerId }) => {
    const all = await memories.list(person, directPlace('', ''), sourceNames(edge.deps));
    await clients.posting.views.open({ trigger_id: triggerId, view: memoryManager(all, texts) });
  });

  onClick(app, edge, actionIds.memoryEdit, async (click) => {
    const where = await memoryPlace(edge, click);
    if (where === undefined) return;
    const { clients, person, texts, triggerId, value } = click;
    const visible = await memories.list(person, where.place, sourceNames(edge.deps));
    const memory = visible.find(({ id }) => id === value);
    if (memory === undefined) return click.tell(texts.memory.gone);
    const { channel, thread } = where.place;
    const view = memoryTextModal('edit', memory.text, [channel, thread, memory.id].join('|'), texts);
    const isOverModal = click.body.view?.type === 'modal';
    await (isOverModal ? clients.posting.views.push : clients.posting.views.open)({ trigger_id: triggerId, view });
  });

  app.view(viewIds.memoryEdit, async ({ ack, body, view, context }) => {
    const [channel = '', thread = '', id = ''] = view.private_metadata.split('|');
    const saving = await savingOf(edge, context, body.user.id, channel, thread);
    await save(edge, saving, memoryEdit, `${id} ${textIn(view)}`, (errors) => (errors ? ack(errors) : ack()));
  });

  app.view(viewIds.remember, async ({ ack, body, view, context }) => {
    const [channel = '', thread = ''] = view.private_metadata.split('|');
    const saving = await savingOf(edge, context, body.user.id, channel, thread);
    await save(edge, saving, memoryAdd, textIn(view), (errors) => (errors ? ack(errors) : ack()));
  });
}

type Submitted = { readonly state: { readonly values: Record<string, Record<string, { value?: string | null }>> } };
const textIn = ({ state }: Submitted): string => state.values[memoryField]?.[memoryField]?.value?.trim() ?? '';

type Saving = { readonly clients: SlackClients; readonly person: Person; readonly place: Place };

async function savingOf(
  edge: SlackEdge,
  context: Context,
  user: string,
  channel: string,
  thread: string,
): Promise<Saving> {
  const clients = edge.clients(context.botToken ?? '');
  const person = await edge.directory.person(callerOf(context, user, undefined, false), clients.reads);
  return { clients, person, place: await edge.directory.place(person.team, channel, thread, clients.reads) };
}

type Ack = (response?: { response_action: 'errors'; errors: Record<string, string> }) => Promise<void>;

/** What is refused is said under the field; what was done, where it was done. */
async function save(edge: SlackEdge, { clients, person, place }: Saving, command: Command, argument: string, ack: Ack) {
  const texts = textsFor(person.locale);
  const refuse = (text: string) => ack({ response_action: 'errors', errors: { [memoryField]: text } });
  if (person.external) return refuse(texts.click.external);
  try {
    const { text } = await runAudited(command, argument, { deps: edge.deps, person, place, texts });
    await ack();
    if (place.channel === '') return await publishHome(edge, clients, person, place);
    const thread = place.thread === '' ? {} : { thread_ts: place.thread };
    await clients.posting.chat.postEphemeral({ channel: place.channel, user: person.user, text, ...thread });
  } catch (error) {
    if (!isMemoriError(error)) throw error;
    await refuse(explain(edge, error, person.locale, command.name));
  }
}
