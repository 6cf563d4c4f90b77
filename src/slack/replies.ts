import type { Logger } from '../core/base/logger.ts';
import type { Question } from '../core/base/question.ts';
import type { ChartRenderer } from '../core/charts/chart.ts';
import type { Reply } from '../core/conversation/reply.ts';
import { createClients } from './clients.ts';
import { findPosted } from './post-once.ts';
import { createReply } from './reply.ts';
import { createSlackLogger } from './slack-logger.ts';

export type RepliesOptions = {
  readonly botToken: string;
  readonly slackApiUrl: string;
  readonly charts: ChartRenderer;
  readonly logger: Logger;
};

/** Replies outside of a listener: for questions that are taken up again after a crash. */
export function createReplies({
  botToken,
  slackApiUrl,
  charts,
  logger,
}: RepliesOptions): (question: Question) => Reply {
  const clients = createClients({ slackApiUrl, logger: createSlackLogger(logger) })(botToken);
  return (question) => {
    const reply = createReply({ clients, question, asked: undefined, charts, logger });
    // The process may have ended between posting and noting where: then Slack knows.
    const begun = (): Promise<string | undefined> =>
      findPosted(clients, question.place, question.id).catch(() => undefined);
    return { ...reply, open: async (replyTs) => reply.open(replyTs ?? (await begun())) };
  };
}
