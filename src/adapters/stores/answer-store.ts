import type { AnswerRecord, AnswerStore } from '../../core/answers/answer-store.ts';
import type { Outcome, Repair } from '../../core/answers/outcome.ts';
import { sessionId } from '../../core/base/namespace.ts';
import type { Collection, Db } from './collection.ts';
import { requireId } from './require-id.ts';

type AnswerDocument = Omit<AnswerRecord, 'id'> & {
  readonly _id: string;
  readonly team: string;
  readonly session: string;
};

type FeedbackDocument = {
  /** `<answer id>|<user>`: the latest vote of each person counts. */
  readonly _id: string;
  readonly team: string;
  readonly answer: string;
  readonly user: string;
  readonly value: 'good' | 'bad';
  readonly at: Date;
};

const answersOf = (db: Db): Collection<AnswerDocument> => db.collection<AnswerDocument>('memori_answers');

/** Creates the indexes of answers and feedback; existing ones stay as they are. */
export async function ensureAnswerIndexes(db: Db): Promise<void> {
  await answersOf(db).createIndex({ session: 1 });
  await answersOf(db).createIndex({ team: 1 });
}

/** Stores answers without their rows. The buttons query again, under the guard and with today's permissions. */
export function createAnswerStore(db: Db): AnswerStore {
  const answers = answersOf(db);
  const feedback = db.collection<FeedbackDocument>('memori_feedback');
  const find = (team: string, id: string): Promise<AnswerDocument | null> =>
    answers.findOne({ _id: requireId(id, 'answer id'), team: requireId(team, 'team') });

  return {
    async put({ id, ...record }) {
      const { person, place } = record.question;
      const _id = requireId(id, 'answer id');
      const team = requireId(person.team, 'team');
      const document = {
        ...record,
        _id,
        team,
        session: sessionId(person, place),
        outcome: withoutRows(record.outcome),
      };
      await answers.replaceOne({ _id, team }, document, { upsert: true });
    },

    async get(team, id) {
      const document = await find(team, id);
      return document ? toRecord(document) : undefined;
    },

    async thread(session, limit) {
      const newestFirst = await answers
        .find({ session: requireId(session, 'session') }, { sort: { answeredAt: -1, _id: -1 }, limit })
        .toArray();
      return newestFirst.reverse().map(toRecord);
    },

    async feedback(team, id, user, value, at) {
      const answer = await find(team, id);
      if (!answer) return;
      const _id = `${answer._id}|${requireId(user, 'user')}`;
      await feedback.replaceOne({ _id }, { _id, team, answer: answer._id, user, value, at }, { upsert: true });
    },

    async erase(team, memories, messages) {
      const own = { team: requireId(team, 'team') };
      const ids = memories.map((id) => requireId(id, 'memory id'));
      const holding = [
        { 'outcome.memories.id': { $in: ids } },
        { 'outcome.taught': { $in: ids } },
        { _id: { $in: messages.map((id) => requireId(id, 'answer id')) } },
      ];
      const found = await answers.find({ ...own, $or: holding }, { sort: { answeredAt: 1 } }).toArray();
      const begins = new Map([...found].reverse().map(({ session, answeredAt }) => [session, answeredAt]));
      let erased = 0;
      for (const [session, begin] of begins) {
        const after = { ...own, session, answeredAt: { $gte: begin } };
        const gone = (await answers.find(after, { projection: { outcome: 0, question: 0 } }).toArray()).map(
          ({ _id }) => _id,
        );
        await feedback.deleteMany({ ...own, answer: { $in: gone } });
        erased += (await answers.deleteMany(after)).deletedCount;
      }
      return erased;
    },
  };
}

/** A chart is made of the rows, so it is dropped with them. */
const withoutRows = (outcome: Outcome): Outcome =>
  outcome.status === 'answered' ? { ...outcome, result: { ...outcome.result, rows: [] }, chart: undefined } : outcome;

function toRecord({ _id, team: _team, session: _session, ...record }: AnswerDocument): AnswerRecord {
  return { id: _id, ...record, outcome: withRepairs(record.outcome) };
}

/** Reads answers of version 0.1, which kept the repairs of a statement as `mends`. */
function withRepairs(outcome: Outcome): Outcome {
  if (outcome.status !== 'answered' || outcome.written === undefined) return outcome;
  const { mends, ...written } = outcome.written as typeof outcome.written & { readonly mends?: readonly Repair[] };
  return mends === undefined ? outcome : { ...outcome, written: { ...written, repairs: mends } };
}
