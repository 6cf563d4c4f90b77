/** The figures of one data set by system. */
export type Report = {
  readonly data: string;
  /** Questions or statements measured. */
  readonly n: number;
  readonly systems: Readonly<Record<string, Readonly<Record<string, number>>>>;
};

/**
 * The one JSON object of a bench: `{bench, data, n, systems}`. Several data sets are one object as well, their figures
 * weighted by their size, with each set under `sets`.
 */
export function printReports(bench: string, data: string, reports: readonly Report[]): void {
  const [only, ...others] = reports;
  const whole = only && others.length === 0 ? only : { data, ...merged(reports), sets: reports };
  console.log(JSON.stringify({ bench, ...whole }));
}

function merged(reports: readonly Report[]): Pick<Report, 'n' | 'systems'> {
  const names = [...new Set(reports.flatMap(({ systems }) => Object.keys(systems)))];
  const mean = (system: string, key: string): number => {
    const having = reports.filter(({ systems }) => systems[system]?.[key] !== undefined);
    const n = having.reduce((sum, report) => sum + report.n, 0);
    const sum = having.reduce((total, report) => total + report.n * (report.systems[system]?.[key] ?? 0), 0);
    return Math.round((100 * sum) / (n || 1)) / 100;
  };
  const figures = (system: string) => {
    const keys = [...new Set(reports.flatMap(({ systems }) => Object.keys(systems[system] ?? {})))];
    return Object.fromEntries(keys.map((key) => [key, mean(system, key)]));
  };
  return {
    n: reports.reduce((sum, report) => sum + report.n, 0),
    systems: Object.fromEntries(names.map((name) => [name, figures(name)])),
  };
}
