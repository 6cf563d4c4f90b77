import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useState } from 'react';
import { applyTheme, readTheme, systemIsDark, type Theme } from './theme.ts';

type ThemeChoice = {
  readonly theme: Theme;
  /** What is shown: `system` resolved. */
  readonly shown: 'light' | 'dark';
  readonly choose: (theme: Theme) => void;
};

const ThemeContext = createContext<ThemeChoice>({ theme: 'system', shown: 'light', choose: () => {} });

/** The theme, and how to change it. */
export const useTheme = () => useContext(ThemeContext);

/** Provides the theme, and follows the system while `system` is chosen. */
export function ThemeProvider({ children }: { readonly children: ReactNode }) {
  const [theme, setTheme] = useState(readTheme);
  const [systemDark, setSystemDark] = useState(() => systemIsDark().matches);
  useEffect(() => {
    const query = systemIsDark();
    const follow = () => setSystemDark(query.matches);
    query.addEventListener('change', follow);
    return () => query.removeEventListener('change', follow);
  }, []);
  const choose = useCallback((next: Theme) => {
    applyTheme(next);
    setTheme(next);
  }, []);
  const shown = theme === 'dark' || (theme === 'system' && systemDark) ? 'dark' : 'light';
  const value = useMemo(() => ({ theme, shown, choose }) as const, [theme, shown, choose]);
  return <ThemeContext value={value}>{children}</ThemeContext>;
}
