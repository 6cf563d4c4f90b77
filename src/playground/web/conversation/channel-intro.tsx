import type { PageChannel } from '../../page-api.ts';
import { QuestionButtons } from '../home/question-buttons.tsx';
import { usePage } from '../store/page-store.tsx';
import { Avatar } from '../ui/avatar.tsx';
import { Icon } from '../ui/icon.tsx';

type Props = { readonly channel: PageChannel; readonly isEmpty: boolean; readonly compact: boolean };

/** The beginning of a conversation: what it is for, and what to do while it is empty. */
export function ChannelIntro({ channel, isEmpty, compact }: Props) {
  const { workspace, prompts } = usePage();
  if (compact) return null;
  const suggested = prompts[channel.id];
  const questions = suggested?.prompts.map((prompt) => prompt.message) ?? workspace.welcome.questions;
  return (
    <div className="intro">
      <div className="intro__mark">
        {channel.is_im ? <Avatar person={workspace.bot} size={56} /> : <Icon name="hash" size={36} />}
      </div>
      <h2 className="intro__title">{channel.is_im ? channel.name : `Welcome to #${channel.name}`}</h2>
      <p className="intro__text">
        {channel.is_im
          ? `This is between you and ${channel.name}. Ask in plain words; no @mention is needed here.`
          : channel.topic || `Mention @${workspace.bot.name} here to ask about the data.`}
      </p>
      {(isEmpty || channel.is_im) && questions.length > 0 && (
        <>
          <p className="intro__hint">{suggested?.title ?? 'For example'}</p>
          <QuestionButtons questions={questions} channel={channel.id} />
        </>
      )}
    </div>
  );
}
