import type { AnyBlock } from '@slack/types';
import { WebClient } from '@slack/web-api';
import type { Alert, Alerts } from '../core/base/alerts.ts';
import type { Clock } from '../core/base/clock.ts';
import type { Logger } from '../core/base/logger.ts';
import { context, header, paragraph } from './blocks/elements.ts';
import { inertMrkdwn } from './escape.ts';
import { createSlackLogger } from './slack-logger.ts';

/** Where alerts go. */
export type SlackAlertsOptions = {
  readonly botToken: string;
  readonly slackApiUrl: string;
  /** Id or name of the channel. */
  readonly channel: string;
  readonly clock: Clock;
  readonly logger: Logger;
};

type Incident = { readonly channel: string; readonly ts: string; readonly since: Date; readonly count: number };

/** Repeats within this time belong to the same incident and only edit its message. Milliseconds. */
const incidentMs = 60 * 60_000;

/** Posts alerts to a channel: one message for each incident, edited on repeats, so that a flood stays one line. */
export function createSlackAlerts({ botToken, slackApiUrl, channel, clock, logger }: SlackAlertsOptions): Alerts {
  const client = new WebClient(botToken, {
    slackApiUrl,
    logger: createSlackLogger(logger),
    timeout: 10_000,
    retryConfig: { retries: 1 },
  });
  const incidents = new Map<string, Incident>();
  return {
    async raise(alert) {
      const known = incidents.get(alert.key);
      const open = known && clock.now().getTime() - known.since.getTime() < incidentMs ? known : undefined;
      const count = (open?.count ?? 0) + 1;
      const message = messageOf(alert, count);
      try {
        const posted = open
          ? await client.chat.update({ channel: open.channel, ts: open.ts, ...message })
          : await client.chat.postMessage({ channel, ...message, unfurl_links: false, unfurl_media: false });
        incidents.set(alert.key, {
          channel: posted.channel ?? channel,
          ts: posted.ts ?? '',
          since: open?.since ?? clock.now(),
          count,
        });
      } catch (error) {
        logger.error('An alert could not be posted.', { alert: alert.key, channel, error });
      }
    },
  };
}

const messageOf = ({ title, detail, reference }: Alert, count: number): { text: string; blocks: AnyBlock[] } => {
  const facts = [...(reference ? [`Reference ${reference}`] : []), ...(count > 1 ? [`${count} times so far`] : [])];
  return {
    text: `:rotating_light: ${inertMrkdwn(title)}`,
    blocks: [header(title), paragraph(detail), ...(facts.length > 0 ? [context(...facts)] : [])],
  };
};
