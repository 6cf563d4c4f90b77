import type { App } from '@slack/bolt';
import type { Person, Place } from '../../core/base/namespace.ts';
import { textsFor } from '../../core/texts/texts-for.ts';
import { homeView } from '../blocks/home-blocks.ts';
import { ifSupported } from '../call-slack.ts';
import type { SlackClients } from '../clients.ts';
import type { SlackEdge } from '../edge.ts';
import { clip, inertLine } from '../escape.ts';
import { slackLimits } from '../limits.ts';
import { callerOf, directPlace } from '../namespaces.ts';
import { budgetView, sourceNames, sourceViews } from '../views.ts';

/** The app was opened: the Home tab is drawn, or the message tab gets questions to start with. */
export function listenToHome(app: App, edge: SlackEdge): void {
  app.event('app_home_opened', async ({ event, context }) => {
    const clients = edge.clients(context.botToken ?? '');
    const person = await edge.directory.person(callerOf(context, event.user, undefined, false), clients.reads);
    if (person.external) return;
    if (event.tab === 'home') await publishHome(edge, clients, person, directPlace(event.channel, ''));
    else await suggestPrompts(edge, clients, person, event.channel);
  });
}

/** Draws the Home tab of one person. */
export async function publishHome(edge: SlackEdge, clients: SlackClients, person: Person, place: Place): Promise<void> {
  const { data, memories } = edge.deps;
  const [sources, budget, remembered] = await Promise.all([
    sourceViews(edge.deps),
    budgetView(edge.deps, person, place),
    memories.list(person, place, sourceNames(edge.deps)),
  ]);
  const home = { examples: data.examples(person.locale), sources, budget, memories: remembered };
  const view = homeView(home, person, textsFor(person.locale));
  await clients.posting.views.publish({ user_id: person.user, view });
}

/** In the agent view prompts belong to the conversation, so there is no `thread_ts`. */
async function suggestPrompts(edge: SlackEdge, clients: SlackClients, person: Person, channel: string): Promise<void> {
  const prompts = edge.deps.data
    .examples(person.locale)
    .slice(0, slackLimits.prompts)
    .map((message) => ({ title: clip(inertLine(message), slackLimits.promptTitle), message }));
  if (prompts.length === 0) return;
  const title = textsFor(person.locale).home.promptsTitle;
  await ifSupported(clients, 'assistant.threads.setSuggestedPrompts', () =>
    clients.status.assistant.threads.setSuggestedPrompts({ channel_id: channel, title, prompts }),
  );
}
