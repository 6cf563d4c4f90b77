import { useWorkspace } from '../store/page-store.tsx';
import { Avatar } from '../ui/avatar.tsx';
import { PartList } from './part-list.tsx';

/** The app's About tab: its description, commands, and connected parts. */
export function AboutTab() {
  const workspace = useWorkspace();
  const { bot, welcome, commands } = workspace;
  return (
    <div className="app-home">
      <div className="app-home__view about">
        <div className="welcome__intro">
          <Avatar person={bot} size={56} />
          <div>
            <h2>{bot.real_name}</h2>
            <p>{welcome.text}</p>
          </div>
        </div>
        <h3>Slash commands</h3>
        <dl className="commands">
          {commands.map((command) => (
            <div key={command.command}>
              <dt>
                <code>{command.command}</code> <span>{command.usage_hint}</span>
              </dt>
              <dd>{command.description}</dd>
            </div>
          ))}
        </dl>
        <h3>What is connected</h3>
        <PartList parts={welcome.parts} />
      </div>
    </div>
  );
}
