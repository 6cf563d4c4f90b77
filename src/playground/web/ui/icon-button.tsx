import type { ComponentProps } from 'react';
import { Icon, type IconName } from './icon.tsx';

type Props = ComponentProps<'button'> & { readonly icon: IconName; readonly label: string; readonly size?: number };

/** A square button with an icon; `label` is its name and its tooltip. */
export function IconButton({ icon, label, size = 20, className = '', ...rest }: Props) {
  return (
    <button type="button" className={`icon-button ${className}`} aria-label={label} title={label} {...rest}>
      <Icon name={icon} size={size} />
    </button>
  );
}
