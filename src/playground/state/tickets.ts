import type { Clock } from '../../core/base/clock.ts';
import type { Ids } from './ids.ts';

/** Where a response_url may post: the place, person and message of the interaction it came with. */
export type ResponseTarget = {
  readonly channel: string;
  readonly person: string;
  readonly threadTs: string | undefined;
  /** The message that was interacted with, for replace_original and delete_original. */
  readonly messageTs: string | undefined;
};

type Spent<T> = T | 'unknown' | 'expired' | 'used';

/** The short-lived permissions that come with an interaction. */
export type Tickets = {
  /** A trigger_id: opens one modal for this person, within seconds. */
  trigger(person: string): string;
  spendTrigger(id: string): Spent<{ readonly person: string }>;
  /** The id in a response_url: five uses within thirty minutes. */
  response(target: ResponseTarget): string;
  spendResponse(id: string): Spent<ResponseTarget>;
  clear(): void;
};

/** docs.slack.dev/interactivity/handling-user-interaction#message_responses */
const responseUses = 5;
const responseLifetimeMs = 30 * 60_000;

/** Permissions live in memory only, as they last for minutes. */
export function createTickets(parts: { clock: Clock; ids: Ids; triggerLifetimeMs: number }): Tickets {
  const { clock, ids, triggerLifetimeMs } = parts;
  const triggers = new Map<string, { person: string; until: number; used: boolean }>();
  const responses = new Map<string, { target: ResponseTarget; until: number; left: number }>();
  const now = () => clock.now().getTime();

  return {
    trigger(person) {
      const id = ids.id('').toLowerCase();
      triggers.set(id, { person, until: now() + triggerLifetimeMs, used: false });
      return id;
    },
    spendTrigger(id) {
      const trigger = triggers.get(id);
      if (trigger === undefined) return 'unknown';
      if (trigger.used) return 'used';
      if (now() > trigger.until) return 'expired';
      trigger.used = true;
      return { person: trigger.person };
    },
    response(target) {
      const id = ids.id('').toLowerCase();
      responses.set(id, { target, until: now() + responseLifetimeMs, left: responseUses });
      return id;
    },
    spendResponse(id) {
      const response = responses.get(id);
      if (response === undefined) return 'unknown';
      if (now() > response.until) return 'expired';
      if (response.left === 0) return 'used';
      response.left -= 1;
      return response.target;
    },
    clear() {
      triggers.clear();
      responses.clear();
    },
  };
}
