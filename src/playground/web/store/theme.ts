/** The choice of colours. */
export type Theme = 'system' | 'light' | 'dark';

const key = 'playground.theme';
const themes: readonly Theme[] = ['system', 'light', 'dark'];

/** The theme chosen in this browser; `system` follows `prefers-color-scheme`. */
export function readTheme(): Theme {
  const stored = localStorage.getItem(key);
  return themes.find((theme) => theme === stored) ?? 'system';
}

/** Stores the choice and sets it on `<html>`, where `styles/tokens.css` reads it. */
export function applyTheme(theme: Theme): void {
  localStorage.setItem(key, theme);
  document.documentElement.dataset.theme = theme;
}

/** The system's current preference. */
export function systemIsDark(): MediaQueryList {
  return window.matchMedia('(prefers-color-scheme: dark)');
}
