import type { Completion } from '../text/completion.ts';
import { Avatar } from '../ui/avatar.tsx';

type Props = {
  readonly id: string;
  readonly completion: Completion;
  readonly chosen: number;
  readonly onChoose: (index: number) => void;
  readonly onPoint: (index: number) => void;
};

/** Completions for the text at the caret, above the composer. The composer keeps the focus and handles the keys. */
export function CompletionList({ id, completion, chosen, onChoose, onPoint }: Props) {
  return (
    <div className="completion">
      <p className="completion__title">{completion.title}</p>
      <div id={id} role="listbox" aria-label={completion.title} tabIndex={-1}>
        {completion.items.map((item, index) => (
          <div
            key={item.insert}
            id={`${id}-${index}`}
            role="option"
            tabIndex={-1}
            aria-selected={index === chosen}
            className="completion__item"
            onMouseDown={(event) => {
              event.preventDefault();
              onChoose(index);
            }}
            onMouseMove={() => onPoint(index)}
          >
            {item.person && <Avatar person={item.person} size={20} />}
            <b>{item.label}</b>
            <span className="completion__hint">{item.hint}</span>
          </div>
        ))}
      </div>
      <p className="completion__keys">
        <kbd>↑</kbd> <kbd>↓</kbd> to choose, <kbd>Tab</kbd> to take it, <kbd>Esc</kbd> to close
      </p>
    </div>
  );
}
