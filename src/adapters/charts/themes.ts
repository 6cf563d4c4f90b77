/** Colours of a chart, as hex. */
export type ChartTheme = {
  readonly background: string;
  readonly text: string;
  readonly muted: string;
  readonly line: string;
  /** Distinguishable with the common kinds of colour blindness; after Okabe and Ito (2008), softened. */
  readonly palette: readonly string[];
};

const palette = ['#3B7DD8', '#E08A2E', '#2FA37C', '#B5679F', '#8A8F98', '#C9B22F'];

/** Colours of a chart on a light and on a dark surface. */
export const themes: Readonly<Record<'light' | 'dark', ChartTheme>> = {
  light: { background: '#FFFFFF', text: '#1D1C1D', muted: '#696969', line: '#E6E6E6', palette },
  dark: { background: '#1A1D21', text: '#E8E8E8', muted: '#A3A5A8', line: '#35383D', palette },
};
