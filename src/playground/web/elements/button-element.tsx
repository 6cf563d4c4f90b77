import type { Button } from '@slack/types';
import { isWebLink } from '../blocks/safe-link.tsx';
import { SlackText } from '../blocks/slack-text.tsx';
import { useConfirm } from './use-confirm.tsx';
import { type ElementProps, useElement } from './use-element.ts';

/** A button. One with a `url` opens it and also reports the click, as in Slack. */
export function ButtonElement({ blockId, element, dispatches }: ElementProps<Button>) {
  const { busy, report } = useElement(blockId, element, dispatches);
  const [ask, dialog] = useConfirm(element.confirm);
  const style = `button ${element.style ? `button--${element.style}` : ''} ${busy ? 'button--busy' : ''}`;
  const name = element.accessibility_label;
  const use = () => ask(() => void report(element.value === undefined ? {} : { value: element.value }));
  if (element.url && isWebLink(element.url)) {
    return (
      <a
        className={style}
        href={element.url}
        target="_blank"
        rel="noopener noreferrer"
        aria-label={name}
        onClick={() => void report({})}
      >
        <SlackText inline text={element.text} />
      </a>
    );
  }
  return (
    <>
      <button type="button" className={style} aria-label={name} aria-busy={busy} disabled={busy} onClick={use}>
        <SlackText inline text={element.text} />
      </button>
      {dialog}
    </>
  );
}
