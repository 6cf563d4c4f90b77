import { useState } from 'react';
import { useActions, usePage } from '../store/page-store.tsx';
import { Icon } from '../ui/icon.tsx';

type Props = { readonly questions: readonly string[]; readonly channel: string };

/** Questions to ask with a click: as a mention in a channel, as plain text in the direct message. */
export function QuestionButtons({ questions, channel }: Props) {
  const { workspace, channels } = usePage();
  const { send } = useActions();
  const [asking, setAsking] = useState<string>();
  const isDirect = channels.some((known) => known.id === channel && known.is_im);
  const ask = async (question: string) => {
    setAsking(question);
    await send(channel, isDirect ? question : `<@${workspace.bot.id}> ${question}`);
    setAsking(undefined);
  };
  return (
    <ul className="questions">
      {questions.map((question) => (
        <li key={question}>
          <button type="button" className="question" disabled={asking !== undefined} onClick={() => void ask(question)}>
            <span>{question}</span>
            <Icon name="send" size={16} />
          </button>
        </li>
      ))}
    </ul>
  );
}
