import { useWorkspace } from '../store/page-store.tsx';
import { useStoredFlag } from '../store/use-stored-flag.ts';
import { Avatar } from '../ui/avatar.tsx';
import { IconButton } from '../ui/icon-button.tsx';
import { PartList } from './part-list.tsx';
import { QuestionButtons } from './question-buttons.tsx';

/** What a newcomer sees first: an introduction, questions to click, and connected parts. */
export function WelcomeCard({ channel }: { readonly channel: string }) {
  const workspace = useWorkspace();
  const [, setDismissed] = useStoredFlag('welcome-dismissed');
  const { welcome, bot } = workspace;
  return (
    <section className="welcome" aria-label="Welcome">
      <IconButton
        icon="close"
        label="Dismiss the welcome"
        className="welcome__close"
        onClick={() => setDismissed(true)}
      />
      <div className="welcome__intro">
        <Avatar person={bot} size={56} />
        <div>
          <h2>{welcome.title}</h2>
          <p>{welcome.text}</p>
        </div>
      </div>
      <div className="welcome__columns">
        <div>
          <h3>Ask it something</h3>
          <QuestionButtons questions={welcome.questions} channel={channel} />
          <h3>Then try</h3>
          <ul className="welcome__tips">
            <li>
              Ask your own: begin with <b>@{bot.real_name}</b>, and ask on in the thread without it.
            </li>
            <li>Edit the SQL below an answer and run it again; what is not safe is refused, with the reason.</li>
            <li>Teach it: “remember that …”. It uses that in later answers, and says so.</li>
            <li>
              Type{' '}
              {workspace.commands.map((known) => (
                <code key={known.command}>{known.command}</code>
              ))}{' '}
              to see what else there is.
            </li>
            <li>Act as somebody else, at the top right. Memories stay with the person they belong to.</li>
          </ul>
        </div>
        <div>
          <h3>What is connected</h3>
          <PartList parts={welcome.parts} />
        </div>
      </div>
    </section>
  );
}
