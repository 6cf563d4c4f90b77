import type { RunCommand } from '../page-api.ts';
import type { ResponseTarget } from '../state/tickets.ts';
import { SlackError } from '../workspace.ts';
import { respond } from './respond.ts';
import { channelFor, personOf, requireAck, type Stage } from './stage.ts';

/** A person runs a slash command; resolves when the app has acknowledged. */
export async function command(stage: Stage, { as, channel: channelId, text: line }: RunCommand): Promise<void> {
  const { workspace, delivery, baseUrl } = stage;
  const person = personOf(stage, as);
  const channel = channelFor(stage, person, channelId);
  const [, name = '', rest = ''] = /^(\/\S+)\s*([\s\S]*)$/.exec(line.trim()) ?? [];
  if (!stage.commands.some((one) => one.command === name)) throw new SlackError('unknown_command');
  const target: ResponseTarget = { channel: channel.id, person: person.id, threadTs: undefined, messageTs: undefined };
  const ack = await delivery.send({
    token: 'playground-verification',
    command: name,
    text: rest,
    team_id: workspace.cast.team.id,
    team_domain: workspace.cast.team.domain,
    channel_id: channel.id,
    channel_name: channel.person === undefined ? channel.name : 'directmessage',
    user_id: person.id,
    user_name: person.name,
    api_app_id: workspace.cast.appId,
    is_enterprise_install: 'false',
    response_url: `${baseUrl()}/slack/response/${workspace.tickets.response(target)}`,
    trigger_id: workspace.tickets.trigger(person.id),
  });
  answer(stage, target, requireAck(stage, person, ack));
}

/** A text or blocks in the acknowledgement are a reply, visible to the person alone unless it says otherwise. */
function answer({ workspace }: Stage, target: ResponseTarget, body: unknown): void {
  if (typeof body === 'string' && body !== '') respond(workspace, target, { text: body });
  if (typeof body === 'object' && body !== null && ('text' in body || 'blocks' in body)) {
    respond(workspace, target, { ...body });
  }
}
