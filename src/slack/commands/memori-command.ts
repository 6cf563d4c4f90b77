import type { App } from '@slack/bolt';
import { explain, placeOf, type SlackEdge } from '../edge.ts';
import { callerOf } from '../namespaces.ts';
import { textsFor } from '../texts/texts-for.ts';
import { runCommand } from './run-command.ts';

/** A slash command is not in a thread: Slack refuses them there. */
const noThread = '';

/** `/memori …`: acknowledged at once, answered to the person alone. */
export function listenToCommands(app: App, edge: SlackEdge): void {
  app.command('/memori', async ({ ack, command, context, respond }) => {
    await ack();
    const clients = edge.clients(context.botToken ?? '');
    const caller = callerOf(context, command.user_id, command.team_id, false);
    const person = await edge.directory.person(caller, clients.reads);
    const texts = textsFor(person.locale);
    const place = await placeOf(edge, clients, person.team, command.channel_id, noThread);
    const progress = async (text: string): Promise<void> => void (await respond({ response_type: 'ephemeral', text }));
    const call = { person, place, texts, deps: edge.deps, progress };
    const reply = await runCommand(command.text, call).catch((error: unknown) => ({
      text: explain(edge, error, person.locale, 'command'),
      blocks: undefined,
    }));
    const blocks = reply.blocks === undefined ? {} : { blocks: [...reply.blocks] };
    await respond({ response_type: 'ephemeral', text: reply.text, ...blocks });
  });
}
