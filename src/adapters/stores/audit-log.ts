import { createHash } from 'node:crypto';
import type { AuditEntry, AuditLog } from '../../core/base/audit.ts';
import { type Collection, type Db, isDuplicateKey } from './collection.ts';
import { requireId } from './require-id.ts';

type EntryDocument = AuditEntry & {
  /** `<team>:<seq>`: unique, so that two writers cannot continue the chain from the same entry. */
  readonly _id: string;
  readonly seq: number;
  /** SHA-256 over the previous entry's hash and everything in this one. Hex. */
  readonly hash: string;
};

/** The highest known sequence number: where to append, and how to see that entries are missing at the end. */
type HeadDocument = { readonly _id: string; readonly seq: number };

type Link = { readonly seq: number; readonly hash: string };

const beginning: Link = { seq: 0, hash: '' };

/** Entries read at once when the chain is checked. */
const pageSize = 500;

const auditOf = (db: Db): Collection<EntryDocument> => db.collection<EntryDocument>('memori_audit');

/** Creates the indexes of the audit log; existing ones stay as they are. */
export async function ensureAuditIndexes(db: Db): Promise<void> {
  await auditOf(db).createIndex({ team: 1 });
}

/**
 * A log in which changes are detectable. An attacker who can rewrite the whole store can forge it, so keep copies
 * elsewhere.
 */
export function createAuditLog(db: Db): AuditLog {
  const entries = auditOf(db);
  const heads = db.collection<HeadDocument>('memori_audit_heads');
  /** For each team the end of the chain as this process knows it. Appends of one process wait for each other. */
  const ends = new Map<string, Promise<Link>>();

  const append = async (known: Link, entry: AuditEntry): Promise<Link> => {
    for (let last = known; ; ) {
      const seq = last.seq + 1;
      const hash = hashOf(last.hash, seq, entry);
      try {
        await entries.insertOne({ ...entry, _id: entryId(entry.team, seq), seq, hash });
        await heads.updateOne({ _id: entry.team }, { $max: { seq } }, { upsert: true });
        return { seq, hash };
      } catch (error) {
        if (!isDuplicateKey(error)) throw error;
        // Another instance was faster: continue after its entry.
        last = await readLink(entries, entry.team, seq);
      }
    }
  };

  const readEnd = async (team: string): Promise<Link> => {
    const head = await heads.findOne({ _id: team });
    return head ? readLink(entries, team, head.seq) : beginning;
  };

  return {
    async append(entry) {
      const team = requireId(entry.team, 'team');
      const before = ends.get(team) ?? readEnd(team);
      const after = before.catch(() => readEnd(team)).then((last) => append(last, entry));
      ends.set(team, after);
      await after;
    },

    async verify(team) {
      const head = await heads.findOne({ _id: requireId(team, 'team') });
      return {
        entries: await entries.countDocuments({ team }),
        brokenAt: await findBreak(entries, team, head?.seq ?? 0),
      };
    },
  };
}

/** The first entry that is missing, or whose hash does not match its content and the entry before it. */
async function findBreak(
  entries: Collection<EntryDocument>,
  team: string,
  headSeq: number,
): Promise<number | undefined> {
  for (let last = beginning; ; ) {
    const ids = Array.from({ length: pageSize }, (_, at) => entryId(team, last.seq + 1 + at));
    const page = await entries.find({ _id: { $in: ids } }, { sort: { seq: 1 } }).toArray();
    for (const entry of page) {
      const seq = last.seq + 1;
      if (entry.seq !== seq || entry.team !== team || entry.hash !== hashOf(last.hash, seq, entry)) return seq;
      last = { seq, hash: entry.hash };
    }
    if (page.length < pageSize) return last.seq < headSeq ? last.seq + 1 : undefined;
  }
}

/** A missing entry has no hash: the chain continues, and `verify` reports the place. */
async function readLink(entries: Collection<EntryDocument>, team: string, seq: number): Promise<Link> {
  const entry = await entries.findOne({ _id: entryId(team, seq) });
  return { seq, hash: entry?.hash ?? '' };
}

const entryId = (team: string, seq: number): string => `${team}:${seq}`;

function hashOf(before: string, seq: number, { at, team, user, channel, action, target, result }: AuditEntry): string {
  const content = JSON.stringify([before, seq, at.toISOString(), team, user, channel, action, target, result]);
  return createHash('sha256').update(content).digest('hex');
}
