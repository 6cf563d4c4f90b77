import { useWorkspace } from '../store/page-store.tsx';
import { useStoredFlag } from '../store/use-stored-flag.ts';
import { Icon } from '../ui/icon.tsx';
import { IconButton } from '../ui/icon-button.tsx';
import { QuestionButtons } from './question-buttons.tsx';
import { WelcomeCard } from './welcome-card.tsx';

/** The welcome after its first use: its questions in one line, and the rest on demand. */
export function WelcomeStrip({ channel }: { readonly channel: string }) {
  const { welcome } = useWorkspace();
  const [open, setOpen] = useStoredFlag('welcome-open');
  const [, setDismissed] = useStoredFlag('welcome-dismissed');
  const unfold = (
    <button type="button" className="link-button" aria-expanded={open} onClick={() => setOpen(!open)}>
      <Icon name={open ? 'down' : 'right'} size={14} /> {open ? 'Show less' : 'What else can I try?'}
    </button>
  );
  if (open)
    return (
      <div className="welcome-strip welcome-strip--open">
        <WelcomeCard channel={channel} />
        {unfold}
      </div>
    );
  return (
    <section className="welcome-strip" aria-label="Welcome">
      <QuestionButtons questions={welcome.questions} channel={channel} />
      <div className="welcome-strip__more">
        {unfold}
        <IconButton icon="close" size={16} label="Dismiss the welcome" onClick={() => setDismissed(true)} />
      </div>
    </section>
  );
}
