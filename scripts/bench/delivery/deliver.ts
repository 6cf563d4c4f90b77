import { createHmac } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Instance } from './instances.ts';
import type { Random } from './random.ts';

export const signingSecret = 'bench-signing-secret';

export type Asked = {
  readonly channel: string;
  readonly ts: string;
  /** A text that occurs only in the answer. */
  readonly token: string;
  /** When and by which process it was acknowledged. */
  acknowledged: { readonly at: number; readonly instance: string; readonly pid: number | undefined } | undefined;
  answeredAt: number | undefined;
};

/** Pauses before an event that was not acknowledged is sent again: Slack's, shortened. Milliseconds. */
const retryDelaysMs = [200, 2_000, 5_000, 8_000, 8_000, 8_000, 8_000, 8_000, 8_000, 8_000];

/** Sends the event as Slack does: to one instance, again until it is acknowledged, and three in ten once more. */
export async function deliver(
  asked: Asked,
  user: string,
  instances: readonly Instance[],
  random: Random,
): Promise<void> {
  const body = eventOf(asked, user);
  for (let retry = 0; retry <= retryDelaysMs.length; retry += 1) {
    const instance = random.pick(
      instances.some(({ isReady }) => isReady) ? instances.filter(({ isReady }) => isReady) : instances,
    );
    const pid = instance.pid();
    if (await send(body, instance, retry)) {
      asked.acknowledged = { at: Date.now(), instance: instance.name, pid };
      break;
    }
    await sleep(retryDelaysMs[retry] ?? 0);
  }
  if (random.below(10) >= 3) return;
  await sleep(random.below(3_000));
  await send(body, random.pick(instances), 1);
}

async function send(body: string, { url }: Instance, retry: number): Promise<boolean> {
  const timestamp = String(Math.floor(Date.now() / 1000));
  const signature = createHmac('sha256', signingSecret).update(`v0:${timestamp}:${body}`).digest('hex');
  const headers = {
    'content-type': 'application/json',
    'x-slack-request-timestamp': timestamp,
    'x-slack-signature': `v0=${signature}`,
    ...(retry > 0 && { 'x-slack-retry-num': String(retry), 'x-slack-retry-reason': 'http_timeout' }),
  };
  const request = { method: 'POST', headers, body, signal: AbortSignal.timeout(3_000) };
  const response = await fetch(`${url}/slack/events`, request).catch(() => undefined);
  await response?.arrayBuffer().catch(() => undefined);
  return response?.ok === true;
}

const eventOf = ({ channel, ts, token }: Asked, user: string): string =>
  JSON.stringify({
    type: 'event_callback',
    team_id: 'T1',
    api_app_id: 'A1',
    event_id: `Ev${ts}`,
    event_time: Math.floor(Number(ts)),
    authorizations: [
      { team_id: 'T1', enterprise_id: null, user_id: 'UBOT', is_bot: true, is_enterprise_install: false },
    ],
    event: { type: 'app_mention', user, channel, ts, event_ts: ts, text: `<@UBOT> select '${token}' as answer` },
  });
