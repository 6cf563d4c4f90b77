import type { AckFn, App } from '@slack/bolt';
import { pause } from '../../core/base/pause.ts';
import { textsFor } from '../../core/texts/texts-for.ts';
import { sqlField, viewIds } from '../action-ids.ts';
import { explain, type SlackEdge, surfaceFor } from '../edge.ts';
import { callerOf } from '../namespaces.ts';
import { arrivalIn } from './click.ts';
import { dataSourceOf } from './edit-sql.ts';

/** Slack wants an answer to a submitted modal within 3 s; the guard takes milliseconds. */
const guardMs = 2_000;

/**
 * Edited SQL: what the guard refuses is said under the field, before anything is posted; what it lets through, or does not
 * judge in time, closes the modal and is answered in the thread.
 */
export function listenToEditedSql(app: App, edge: SlackEdge): void {
  const { answers, conversation, ops } = edge.deps;
  app.view(viewIds.editSql, async ({ ack, body, view, context }) => {
    const clients = edge.clients(context.botToken ?? '');
    const caller = callerOf(context, body.user.id, body.user.team_id, false);
    const person = await edge.directory.person(caller, clients.reads);
    const texts = textsFor(person.locale);
    const refuse = (text: string) => ack({ response_action: 'errors', errors: { [sqlField]: text } });

    const record = await answers.get(person.team, view.private_metadata);
    if (person.external) return refuse(texts.click.external);
    const dataSource = record === undefined ? undefined : dataSourceOf(record, edge);
    if (record === undefined || dataSource === undefined) return refuse(texts.click.stale);
    const sql = view.state.values[sqlField]?.[sqlField]?.value?.trim() ?? '';
    if (sql === '') return refuse(texts.edit.empty);

    const { place, text } = record.question;
    const checking = conversation.checkSql(sql, dataSource, { person, place });
    const refusal = await Promise.race([checking.catch((error: unknown) => ({ error })), pause(guardMs)]);
    if (refusal) return refuse(explain(edge, refusal.error, person.locale, 'edit_sql'));

    // `hash` differs for each opening of the modal, so that submitting it twice asks once.
    const asked = { text, order: { kind: 'sql', sql, dataSource } } as const;
    const arrival = arrivalIn(
      { ...caller, name: person.name },
      place,
      `${record.replyTs}-${view.hash}`,
      asked,
      ops.clock.now(),
    );
    const surface = surfaceFor(edge, clients, arrival, () => (ack as AckFn<void>)());
    await conversation
      .ask(arrival, surface)
      .catch((error: unknown) => refuse(explain(edge, error, person.locale, 'edit_sql')));
  });
}
