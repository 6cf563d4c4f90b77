import type { App } from '@slack/bolt';
import type { ModalView } from '@slack/types';
import type { AnswerRecord } from '../../core/answers/answer-store.ts';
import type { Person } from '../../core/base/namespace.ts';
import type { Texts } from '../../core/texts/texts-for.ts';
import { actionIds } from '../action-ids.ts';
import { memoriesModal } from '../blocks/answer-modals.ts';
import type { SlackEdge } from '../edge.ts';
import { sourceNames } from '../views.ts';
import { onAnswerClick } from './click.ts';

/** Memories used: what had an effect on the answer and why, with a way to forget it. */
export function listenToMemoriesUsed(app: App, edge: SlackEdge): void {
  onAnswerClick(app, edge, actionIds.memoriesUsed, async ({ clients, person, texts, triggerId }, record) => {
    const view = await usedMemoriesView(edge, record, person, texts);
    await clients.posting.views.open({ trigger_id: triggerId, view });
  });
}

/** Shows the viewer only what they may see themselves: the asker's own preferences stay the asker's. */
export async function usedMemoriesView(
  edge: SlackEdge,
  record: AnswerRecord,
  person: Person,
  texts: Texts,
): Promise<ModalView> {
  const { outcome, question } = record;
  const memories = 'memories' in outcome ? outcome.memories : [];
  const used = new Set(memories.map(({ id }) => id));
  // Answers of former versions have a sentence there.
  const whys = new Map(memories.flatMap(({ id, why }) => (typeof why === 'object' ? [[id, why] as const] : [])));
  const visible = await edge.deps.memories.list(person, question.place, sourceNames(edge.deps));
  const shown = visible.filter(({ id }) => used.has(id));
  return { ...memoriesModal(shown, whys, used.size - shown.length, texts), private_metadata: record.id };
}
