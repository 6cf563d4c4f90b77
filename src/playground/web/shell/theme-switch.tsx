import { useRef, useState } from 'react';
import type { Theme } from '../store/theme.ts';
import { useTheme } from '../store/use-theme.tsx';
import { Icon } from '../ui/icon.tsx';
import { IconButton } from '../ui/icon-button.tsx';
import { Menu, MenuItem } from '../ui/menu.tsx';

const choices = [
  { theme: 'light', label: 'Light', icon: 'sun' },
  { theme: 'dark', label: 'Dark', icon: 'moon' },
  { theme: 'system', label: 'Like the system', icon: 'system' },
] as const satisfies readonly { theme: Theme; label: string; icon: string }[];

/** Chooses the light, dark or system theme. */
export function ThemeSwitch() {
  const { theme, shown, choose } = useTheme();
  const [open, setOpen] = useState(false);
  const trigger = useRef<HTMLButtonElement>(null);
  return (
    <>
      <IconButton
        ref={trigger}
        icon={shown === 'dark' ? 'moon' : 'sun'}
        label="Theme"
        aria-haspopup="menu"
        aria-expanded={open}
        onClick={() => setOpen(!open)}
      />
      {open && (
        <Menu anchor={trigger} label="Theme" onClose={() => setOpen(false)}>
          {choices.map((choice) => (
            <MenuItem
              key={choice.theme}
              checked={theme === choice.theme}
              onSelect={() => {
                choose(choice.theme);
                setOpen(false);
              }}
            >
              <Icon name={choice.icon} size={18} />
              <span className="menu__label">{choice.label}</span>
              {theme === choice.theme && <Icon name="check" size={16} />}
            </MenuItem>
          ))}
        </Menu>
      )}
    </>
  );
}
