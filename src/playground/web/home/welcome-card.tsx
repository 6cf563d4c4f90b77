import { Avatar } from '../parts/avatar.tsx';
import { IconButton } from '../parts/icon-button.tsx';
import { useWorkspace } from '../store/page-store.tsx';
import { useStoredFlag } from '../store/use-stored-flag.ts';
import { PartList } from './part-list.tsx';
import { QuestionButtons } from './question-buttons.tsx';

/** The first thing a newcomer sees: what this is, what to click, what is connected. */
export function WelcomeCard({ channel }: { readonly channel: string }) {
  const workspace = useWorkspace();
  const [, setDismissed] = useStoredFlag('welcome-dismissed');
  const { welcome, bot } = workspace;
  return (
    <section className="welcome" aria-label="Welcome">
      <IconButton icon="close" label="Dismiss the welcome" className="welcome__close" onClick={() => setDismissed(true)} />
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
          <p className="welcome__tip">
            Or write your own: begin with <b>@{bot.name}</b>, and ask on in the thread without it.
          </p>
        </div>
        <div>
          <h3>What is connected</h3>
          <PartList parts={welcome.parts} />
        </div>
      </div>
    </section>
  );
}
