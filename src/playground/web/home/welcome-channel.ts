import type { PageChannel } from '../../page-api.ts';

/** Where the welcome is shown: the first channel, which is where the page opens. */
export function welcomeChannel(channels: readonly PageChannel[]): PageChannel | undefined {
  return channels.find((channel) => !channel.is_im);
}
