import type { IconButton as IconButtonType } from '@slack/types';
import { useWorkspace } from '../store/page-store.tsx';
import { isIconName } from '../ui/icon.tsx';
import { IconButton } from '../ui/icon-button.tsx';
import { useConfirm } from './use-confirm.tsx';
import { type ElementProps, useElement } from './use-element.ts';

/** A small icon below a message, visible only to the people that it names. */
export function IconButtonElement({ blockId, element, dispatches }: ElementProps<IconButtonType>) {
  const { me } = useWorkspace();
  const { busy, report } = useElement(blockId, element, dispatches);
  const [ask, dialog] = useConfirm(element.confirm);
  if (element.visible_to_user_ids && !element.visible_to_user_ids.includes(me.id)) return null;
  return (
    <>
      <IconButton
        icon={isIconName(element.icon) ? element.icon : 'bolt'}
        size={18}
        label={element.accessibility_label ?? element.text.text}
        disabled={busy}
        onClick={() => ask(() => void report(element.value === undefined ? {} : { value: element.value }))}
      />
      {dialog}
    </>
  );
}
