import type { App } from '@slack/bolt';
import { textsFor } from '../../core/texts/texts-for.ts';
import type { SlackClients } from '../clients.ts';
import { explain, type SlackEdge } from '../edge.ts';
import { callerOf } from '../namespaces.ts';
import type { CommandReply } from './command.ts';
import { createCommandProgress } from './command-progress.ts';
import { runCommand } from './run-command.ts';

/** Slack refuses slash commands in threads. */
const noThread = '';

/** `/memori …`: acknowledged at once, answered to the person alone. */
export function listenToCommands(app: App, edge: SlackEdge): void {
  app.command('/memori', async ({ ack, command, context, respond }) => {
    await ack();
    const clients = edge.clients(context.botToken ?? '');
    const caller = callerOf(context, command.user_id, command.team_id, false);
    const person = await edge.directory.person(caller, clients.reads);
    const texts = textsFor(person.locale);
    const place = await edge.directory.place(person.team, command.channel_id, noThread, clients.reads);
    const answer = async (text: string): Promise<void> => void (await respond({ response_type: 'ephemeral', text }));
    const progress = createCommandProgress(answer, clients, person.user);
    const call = { person, place, texts, deps: edge.deps, progress: progress.say };
    const run = async (): Promise<CommandReply> => {
      const said = await runCommand(command.text, call);
      if (said.file !== undefined) await sendFile(clients, person.user, said.file);
      return said;
    };
    const reply = await run().catch((error: unknown) => ({
      text: explain(edge, error, person.locale, 'command'),
      blocks: undefined,
    }));
    await progress.end(reply.text);
    const blocks = reply.blocks === undefined ? {} : { blocks: [...reply.blocks] };
    await respond({ response_type: 'ephemeral', text: reply.text, ...blocks });
  });
}

/** A file cannot be shown to one person of a channel, so it goes to their direct message. */
async function sendFile(
  { posting }: SlackClients,
  user: string,
  file: NonNullable<CommandReply['file']>,
): Promise<void> {
  const { channel } = await posting.conversations.open({ users: user });
  const { name, content, comment } = file;
  await posting.filesUploadV2({
    channel_id: channel?.id ?? user,
    file: Buffer.from(content),
    filename: name,
    title: name,
    initial_comment: comment,
  });
}
