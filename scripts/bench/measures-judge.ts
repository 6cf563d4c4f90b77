/**
 * Whether the rows of an answer are those of the gold SQL. What is tolerated, and why:
 *
 *   - the order of columns, as in Spider's own execution match;
 *   - columns of ours beside those of gold, only where ours groups or ranks: what it groups by, ranks by or takes a share
 *     of is shown. A list has to have the columns of gold and no others;
 *   - in the first n, rows of ours that tie with the last one: LIMIT picks any of them;
 *   - repetitions where either says DISTINCT or gold is a set operation: Spider's test takes DISTINCT out of both;
 *   - the order of rows: sets are compared;
 *   - a full name in one column where gold has the first and the last name in two;
 *   - a group named to people where gold shows its key, if ours is grouped by that key too;
 *   - a difference of 0.05 in broken numbers, since some gold rounds;
 *   - no row of gold against a count of 0 or a sum of nothing.
 *
 * `strict` tolerates the order of columns alone, judges the order of rows where gold has one, and keeps to the cells.
 */
export type Cell = string | number | boolean | null;
export type Rows = readonly (readonly Cell[])[];
export type Pair = { readonly gold: Rows; readonly ours: Rows; readonly goldSql: string; readonly ourSql: string };

const cellKey = (cell: Cell): string => {
  if (cell === null) return '∅';
  const text = String(cell).trim();
  const numeric = typeof cell === 'number' || /^-?\d+(?:\.\d+)?$/.test(text);
  return numeric
    ? String(Number(Number(text).toPrecision(6)))
    : text.replace(/T00:00:00(?:\.000)?Z?$/, '').toLowerCase();
};

const near = (a: Cell, b: Cell): boolean =>
  cellKey(a) === cellKey(b) ||
  (a !== null &&
    b !== null &&
    Math.abs(Number(a) - Number(b)) <= 0.051 &&
    !Number.isNaN(Number(a)) &&
    !Number.isInteger(Number(b)));

const isNothing = (rows: Rows): boolean => rows.every((row) => row.length === 1 && (row[0] === 0 || row[0] === null));
const isShownApart = (sql: string): boolean =>
  /\bGROUP BY\b|\brank\(\)|WITH TIES|share_pct|_before\b|^WITH\b/.test(sql);
const once = (rows: Rows): Rows => [...new Map(rows.map((row) => [row.map(cellKey).join('|'), row])).values()];
const isSet = (...sql: readonly string[]): boolean =>
  /distinct|\bunion\b|\bintersect\b|\bexcept\b/i.test(sql.join(' '));

export function isRight(pair: Pair): boolean {
  return (
    sameRows(pair) ||
    keysNamed(pair).some((at) => sameRows(withoutColumn(pair, at))) ||
    namesJoined(pair).some((at) => sameRows(withFullName(pair, at)))
  );
}

/** Columns of gold that may hold a first name before a last one. */
const namesJoined = ({ gold, ourSql }: Pair): readonly number[] =>
  /\bfull_name\b/.test(ourSql) ? (gold[0] ?? []).slice(1).map((_, at) => at) : [];

const withFullName = (pair: Pair, at: number): Pair => ({
  ...pair,
  gold: pair.gold.map((row) => row.toSpliced(at, 2, `${row[at]} ${row[at + 1]}`)),
});

/** Columns of gold that ours is grouped by and does not show. */
function keysNamed({ gold, goldSql, ourSql }: Pair): readonly number[] {
  const shown = /^\s*select\s+(?:distinct\s+)?(.*?)\s+from\s/is.exec(goldSql)?.[1]?.split(',') ?? [];
  const grouped = /\bGROUP BY\b(.*)$/is.exec(ourSql)?.[1]?.toLowerCase() ?? '';
  if (shown.length !== gold[0]?.length || shown.length < 2) return [];
  return shown.flatMap((one, at) => {
    const name = /([\w]+)\s*$/.exec(one.trim().toLowerCase())?.[1];
    return name !== undefined && !one.includes('(') && new RegExp(`[."]${name}\\b`).test(grouped) ? [at] : [];
  });
}

const withoutColumn = (pair: Pair, at: number): Pair => ({
  ...pair,
  gold: pair.gold.map((row) => row.toSpliced(at, 1)),
});

function sameRows({ gold, ours, goldSql, ourSql }: Pair): boolean {
  const width = gold[0]?.length ?? 0;
  if (gold.length === 0) return isNothing(ours);
  const given = ours[0]?.length ?? 0;
  if (given < width || (given > width && !isShownApart(ourSql))) return false;
  const ties = /\blimit\s+\d+|\bfetch first\b/i.test(goldSql) && /WITH TIES|rank\(\)/.test(ourSql);
  const counted = (rows: Rows): Rows => (isSet(goldSql, ourSql) ? once(rows) : rows);
  const wanted = counted(gold);
  return columnChoices(gold, ours, width).some((columns) => {
    const picked = counted(ours.map((row) => columns.map((at) => row[at] ?? null)));
    return (ties ? picked.length >= wanted.length : picked.length === wanted.length) && holds(picked, wanted);
  });
}

/** As Spider's own execution match. */
export function isStrictlyRight({ gold, ours, goldSql, ourSql }: Pair): boolean {
  const width = gold[0]?.length ?? 0;
  if (gold.length === 0 || ours.length === 0) return gold.length === ours.length;
  if (ours[0]?.length !== width) return false;
  const counted = (rows: Rows): Rows => (isSet(goldSql, ourSql) ? once(rows) : rows);
  const line = (row: readonly Cell[]): string => row.map(cellKey).join('|');
  const wanted = counted(gold).map(line);
  return columnChoices(gold, ours, width).some((columns) => {
    const picked = counted(ours.map((row) => columns.map((at) => row[at] ?? null))).map(line);
    return /\border\s+by\b/i.test(goldSql)
      ? picked.join('\n') === wanted.join('\n')
      : picked.toSorted().join('\n') === wanted.toSorted().join('\n');
  });
}

/** Whether each row of `wanted` matches a different row of `rows`. */
function holds(rows: Rows, wanted: Rows): boolean {
  const left = [...rows];
  return wanted.every((row) => {
    const at = left.findIndex((one) => row.every((cell, i) => near(one[i] ?? null, cell)));
    if (at !== -1) left.splice(at, 1);
    return at !== -1;
  });
}

/** All ways to map our columns to those of gold, by the cells of the first rows. */
function columnChoices(gold: Rows, ours: Rows, width: number): readonly (readonly number[])[] {
  const places = Array.from({ length: ours[0]?.length ?? 0 }, (_, at) => at);
  const sample = gold.slice(0, 20);
  const values = places.map((at) => new Set(ours.map((row) => cellKey(row[at] ?? null))));
  const isAmong = (cell: Cell, at: number): boolean =>
    values[at]?.has(cellKey(cell)) === true || ours.some((one) => near(one[at] ?? null, cell));
  let choices: number[][] = [[]];
  for (let column = 0; column < width; column++) {
    const fitting = places.filter((at) => sample.every((row) => isAmong(row[column] ?? null, at)));
    choices = choices
      .flatMap((choice) => fitting.filter((at) => !choice.includes(at)).map((at) => [...choice, at]))
      .slice(0, 200);
  }
  return choices;
}
