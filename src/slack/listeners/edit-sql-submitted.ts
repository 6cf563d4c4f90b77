import type { App } from '@slack/bolt';
import type { AnswerRecord } from '../../core/answers/answer-store.ts';
import type { Question } from '../../core/base/question.ts';
import type { Reply } from '../../core/conversation/reply.ts';
import { sqlField, viewIds } from '../action-ids.ts';
import { explain, replyTo, type SlackEdge } from '../edge.ts';
import { callerOf, questionId } from '../namespaces.ts';
import type { Texts } from '../texts/en.ts';
import { textsFor } from '../texts/texts-for.ts';
import { dataSourceOf } from './edit-sql.ts';

/** Slack wants an answer to a submitted modal within 3 s; the guard takes milliseconds. */
const guardMs = 2_000;

/**
 * Edited SQL: what the guard refuses is said under the field, before anything is posted; what it lets through closes the
 * modal and is answered in the thread.
 */
export function listenToEditedSql(app: App, edge: SlackEdge): void {
  app.view(viewIds.editSql, async ({ ack, body, view, context }) => {
    const clients = edge.clients(context.botToken ?? '');
    const caller = callerOf(context, body.user.id, body.user.team_id, false);
    const person = await edge.directory.person(caller, clients.reads);
    const texts = textsFor(person.locale);
    const refuse = (text: string) => ack({ response_action: 'errors', errors: { [sqlField]: text } });

    const record = await edge.deps.answers.get(person.team, view.private_metadata);
    if (person.external) return refuse(texts.click.external);
    const dataSource = record === undefined ? undefined : dataSourceOf(record, edge);
    if (record === undefined || dataSource === undefined) return refuse(texts.click.stale);
    const sql = view.state.values[sqlField]?.[sqlField]?.value?.trim() ?? '';
    if (sql === '') return refuse(texts.edit.empty);

    const question = editedQuestion(record, person, edge.deps.ops.clock.now(), view.hash);
    const reply = replyTo(edge, clients, question, (words: Texts) => ({
      who: words.edited(person.name),
      text: record.question.text,
    }));
    const running = passing(reply, (passed) => edge.deps.conversation.runSql(question, sql, dataSource, passed));
    const refusal = await running.refusal;
    if (refusal !== undefined && !('late' in refusal))
      return refuse(explain(edge, refusal.error, person.locale, 'edit_sql'));
    await ack();
    await running.done.catch((error: unknown) =>
      clients.posting.chat.postEphemeral({
        channel: question.place.channel,
        thread_ts: question.place.thread,
        user: person.user,
        text: explain(edge, error, person.locale, 'edit_sql'),
      }),
    );
  });
}

/** `hash` differs for each opening of the modal, so that submitting it twice asks once. */
const editedQuestion = (record: AnswerRecord, person: Question['person'], askedAt: Date, hash: string): Question => ({
  id: questionId(person.team, record.question.place.channel, `${record.replyTs}-${hash}`),
  text: record.question.text,
  person,
  place: record.question.place,
  askedAt,
  origin: 'click',
});

type Refusal = { readonly error: unknown } | { readonly late: true } | undefined;

/**
 * Runs `work` and tells as soon as it is clear whether it was refused: it failed, it opened its reply (so the guard let
 * it pass), or it is late. `done` is the whole of it.
 */
function passing(
  reply: Reply,
  work: (reply: Reply) => Promise<void>,
): { refusal: Promise<Refusal>; done: Promise<void> } {
  let passed: (refusal: Refusal) => void = () => undefined;
  const opened = new Promise<Refusal>((resolve) => {
    passed = resolve;
  });
  const done = work({
    ...reply,
    open(replyTs) {
      passed(undefined);
      return reply.open(replyTs);
    },
  });
  const ended = done.then(
    () => undefined,
    (error: unknown) => ({ error }),
  );
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<Refusal>((resolve) => {
    timer = setTimeout(() => resolve({ late: true }), guardMs);
  });
  const refusal = Promise.race([opened, ended, late]).finally(() => clearTimeout(timer));
  return { refusal, done };
}
