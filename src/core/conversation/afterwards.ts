import type { Expense, Outcome } from '../answers/outcome.ts';
import { judgeEarlier } from '../answers/reception.ts';
import type { Question } from '../base/question.ts';
import { keep, type Parts } from './lifecycle-deps.ts';

/** Work after the answer was shown, which nobody waits for. */
export async function afterwards(question: Question, outcome: Outcome, expense: Expense, deps: Parts): Promise<void> {
  const { answers, memories, audit, ops } = deps;
  const { person, place, id } = question;
  const source = outcome.status === 'answered' ? outcome.source : 'none';
  ops.metrics.count('memori_questions_total', { status: outcome.status, source });
  ops.metrics.observe('memori_answer_seconds', expense.ms / 1000, { source });
  const who = { team: person.team, user: person.user, channel: place.channel };
  const entry = { at: ops.clock.now(), ...who, action: 'question', target: id, result: outcome.status };
  await keep(audit.append(entry), 'audit', deps);
  const used = 'memories' in outcome ? outcome.memories.map((memory) => memory.id) : [];
  if (outcome.status !== 'answered' && outcome.status !== 'said') return;
  await keep(memories.remember(question, used), 'conversation', deps);
  await keep(judgeEarlier(question, answers, memories), 'reception of the answer before', deps);
}
