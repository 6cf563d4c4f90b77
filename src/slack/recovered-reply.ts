import type { Question } from '../core/question.ts';
import type { Reply } from '../core/reply.ts';
import type { BoltAppSettings } from './bolt-app.ts';
import { createClients } from './clients.ts';
import { createReply } from './reply.ts';
import { createSlackLogger } from './slack-logger.ts';

/**
 * Replies to questions that an earlier process left behind: no event brings a token, so it is asked for. Give it to
 * `Conversation.recover`.
 */
export function createRecoveredReply({
  authorization,
  slackApiUrl,
  deps,
}: Pick<BoltAppSettings, 'authorization' | 'slackApiUrl' | 'deps'>): (question: Question) => Reply {
  const { files, ops } = deps;
  const slackLogger = createSlackLogger(ops.logger);
  const clients = createClients({ logger: slackLogger, ...(slackApiUrl === undefined ? {} : { slackApiUrl }) });
  return (question) => {
    const token = tokenFor(authorization, question.person.team);
    const reply = token.then((botToken) =>
      createReply({ clients: clients(botToken), question, asked: undefined, charts: files.charts, logger: ops.logger }),
    );
    return {
      open: async (replyTs) => (await reply).open(replyTs),
      waiting: async () => (await reply).waiting(),
      progress: (step) => void reply.then((ready) => ready.progress(step)).catch(() => undefined),
      finish: async (outcome, expense, answerId) => (await reply).finish(outcome, expense, answerId),
    };
  };
}

/** `E…` is an enterprise: an org install, whose installation is keyed by it. */
async function tokenFor(authorization: BoltAppSettings['authorization'], team: string): Promise<string> {
  if (authorization.kind === 'token') return authorization.botToken;
  const source = team.startsWith('E')
    ? ({ isEnterpriseInstall: true, enterpriseId: team, teamId: undefined } as const)
    : ({ isEnterpriseInstall: false, enterpriseId: undefined, teamId: team } as const);
  const { botToken } = await authorization.authorize(source);
  if (botToken === undefined) throw new Error(`The app is not installed in ${team} any more.`);
  return botToken;
}
