import type { App } from '@slack/bolt';
import type { AnswerRecord } from '../../core/answers/answer-store.ts';
import { queryFromAnswer } from '../../core/answers/query-from-answer.ts';
import { isMemoriError, MemoriError } from '../../core/base/errors.ts';
import type { Person } from '../../core/base/namespace.ts';
import { textsFor } from '../../core/texts/texts-for.ts';
import { actionIds, scopeField, viewIds, wordingsField } from '../action-ids.ts';
import { saveVerifiedModal } from '../blocks/save-verified-modal.ts';
import { explain, type SlackEdge } from '../edge.ts';
import { inertMrkdwn } from '../escape.ts';
import { callerOf } from '../namespaces.ts';
import { withAudit } from '../with-audit.ts';
import { onClick } from './click.ts';

/** Save as verified, in the details of an answer: an admin vouches for its SQL, under the question and other wordings. */
export function listenToSaveVerified(app: App, edge: SlackEdge): void {
  onClick(app, edge, actionIds.saveVerified, async ({ clients, person, texts, triggerId, value, tell }) => {
    const record = await edge.deps.answers.get(person.team, value);
    if (!person.admin) return tell(texts.vouch.adminsOnly);
    if (record === undefined) return tell(texts.click.stale);
    await clients.posting.views.push({ trigger_id: triggerId, view: saveVerifiedModal(record, texts) });
  });

  app.view(viewIds.saveVerified, async ({ ack, body, view, context }) => {
    const clients = edge.clients(context.botToken ?? '');
    const person = await edge.directory.person(callerOf(context, body.user.id, undefined, false), clients.reads);
    const texts = textsFor(person.locale);
    const refuse = (text: string) => ack({ response_action: 'errors', errors: { [wordingsField]: text } });
    const record = await edge.deps.answers.get(person.team, view.private_metadata);
    if (record === undefined) return refuse(texts.click.stale);
    const wordings = (view.state.values[wordingsField]?.[wordingsField]?.value ?? '')
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== '');
    if (wordings.length === 0) return refuse(texts.vouch.empty);
    const isHere = view.state.values[scopeField]?.[scopeField]?.selected_option?.value !== 'source';
    try {
      const title = await save(edge, record, wordings, isHere, person);
      await ack({ response_action: 'clear' });
      const { channel, thread } = record.question.place;
      const text = inertMrkdwn(texts.vouch.saved(title));
      await clients.posting.chat.postEphemeral({ channel, thread_ts: thread, user: person.user, text });
    } catch (error) {
      if (!isMemoriError(error)) throw error;
      await refuse(explain(edge, error, person.locale, 'save_verified'));
    }
  });
}

/** Audited; gives the query's title. Errors: `not_allowed` for all but admins, and those of `queryFromAnswer`. */
function save(
  { deps }: SlackEdge,
  record: AnswerRecord,
  wordings: readonly string[],
  isHere: boolean,
  person: Person,
): Promise<string> {
  const { outcome, question } = record;
  const { team, user } = person;
  const entry = { team, user, channel: question.place.channel, action: 'verified save', target: record.id };
  return withAudit(deps.ops, entry, async () => {
    if (!person.admin || person.external) throw new MemoriError('not_allowed', 'Only an admin vouches for a query.');
    const source = deps.data.sources().find(({ name }) => 'dataSource' in outcome && name === outcome.dataSource);
    if (source === undefined)
      throw new MemoriError('not_found', 'The data source of this answer is gone.', {
        details: { what: 'data source' },
      });
    const { name, today, dates, syntax } = source;
    const now = deps.ops.clock.now();
    const catalogue = await source.catalogue(new AbortController().signal);
    const scan = (sql: string) => syntax.scan(sql);
    const query = await queryFromAnswer(record, { wordings, person, now, today: today(), dates, catalogue, scan });
    await deps.data.saved.save({ team, source: name, channel: isHere ? question.place.channel : undefined, query });
    return query.title;
  });
}
