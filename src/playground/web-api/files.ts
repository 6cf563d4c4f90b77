import { z } from 'zod';
import type { PageFile } from '../page-api.ts';
import type { SlackMessage } from '../state/messages.ts';
import { SlackError } from '../workspace.ts';
import { readJson, readText, requireText } from './arguments.ts';
import { type Call, channelOf, type Methods } from './method.ts';
import { botAuthor, post, readThread } from './post.ts';

const finished = z.array(z.object({ id: z.string(), title: z.string().optional() })).min(1);

/** docs.slack.dev/reference/methods/files.* */
export const fileMethods: Methods = {
  'files.getUploadURLExternal'({ workspace, args, baseUrl }) {
    const length = Number(requireText(args, 'length'));
    if (!Number.isInteger(length) || length <= 0) throw new SlackError('invalid_arguments');
    const { id, ticket } = workspace.files.startUpload(requireText(args, 'filename'), length);
    return { upload_url: `${baseUrl}/slack/files/upload/${ticket}`, file_id: id };
  },

  'files.completeUploadExternal'(call) {
    const { workspace, args } = call;
    const wanted = finished.safeParse(readJson(args, 'files', 'invalid_arguments'));
    if (!wanted.success) throw new SlackError('invalid_arguments');
    const channel = args.channel_id === undefined ? undefined : channelOf(call, 'channel_id');
    const thread = channel === undefined ? {} : readThread(args, channel.id, workspace);
    const files = wanted.data.map(({ id, title }) => complete(call, id, title));
    if (channel !== undefined) share(call, channel.id, thread, files);
    return { files: files.map((file) => absolute(call, file)) };
  },

  'files.info'(call) {
    const stored = call.workspace.files.find(requireText(call.args, 'file'));
    if (stored === undefined) throw new SlackError('file_not_found');
    return { file: { ...absolute(call, stored.file), channels: stored.sharedTo }, comments: [] };
  },
};

function complete({ workspace, clock }: Call, id: string, title: string | undefined): PageFile {
  const about = { user: workspace.cast.bot.id, created: Math.floor(clock.now().getTime() / 1000) };
  const file = workspace.files.complete(id, title, about);
  if (file === undefined) throw new SlackError('file_not_found');
  return file;
}

/** Posts the message that shows the files. */
function share(call: Call, channel: string, thread: Pick<SlackMessage, 'thread_ts'>, files: readonly PageFile[]): void {
  const { workspace, args } = call;
  for (const file of files) workspace.files.share(file.id, channel);
  const text = readText(args, 'initial_comment') ?? '';
  const author = botAuthor(workspace);
  post(workspace, {
    message: { ...author, subtype: 'file_share', channel, ts: workspace.ids.ts(), text, ...thread, files },
  });
}

function absolute({ baseUrl }: Call, file: PageFile): PageFile {
  return {
    ...file,
    url_private: baseUrl + file.url_private,
    url_private_download: baseUrl + file.url_private_download,
  };
}
