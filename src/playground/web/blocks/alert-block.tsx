import type { AlertBlock as Alert } from '@slack/types';
import { Icon, type IconName } from '../ui/icon.tsx';
import { SlackText } from './slack-text.tsx';

const icons: Record<NonNullable<Alert['level']>, IconName> = {
  default: 'info',
  info: 'info',
  warning: 'warning',
  error: 'warning',
  success: 'check',
};

/** A coloured notice. */
export function AlertBlock({ block }: { readonly block: Alert }) {
  const level = block.level ?? 'default';
  return (
    <div className={`alert alert--${level}`} role={level === 'error' ? 'alert' : 'status'}>
      <Icon name={icons[level]} />
      <div className="alert__text">
        <SlackText text={block.text} />
      </div>
    </div>
  );
}
