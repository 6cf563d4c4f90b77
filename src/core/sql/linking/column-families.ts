import type { CatalogueColumn } from '../../data/catalogue.ts';

/** Fewer columns than this are listed one by one. */
const leastMembers = 3;

/**
 * Columns of a table, in order, as places in `columns`: each alone, or a run that differs only in a counting number at
 * the end (`week_1`, `week_2`, `week_3` of one type), which is selected and written as one.
 */
export function familiesOf(columns: readonly CatalogueColumn[]): readonly (readonly number[])[] {
  const runs: number[][] = [];
  for (const [at, column] of columns.entries()) {
    const run = runs.at(-1);
    const last = columns[run?.at(-1) ?? -1];
    if (run && last && follows(last, column)) run.push(at);
    else runs.push([at]);
  }
  return runs.flatMap((run) => (run.length < leastMembers ? run.map((at) => [at]) : [run]));
}

function follows(before: CatalogueColumn, column: CatalogueColumn): boolean {
  const [a, b] = [numbered(before.name), numbered(column.name)];
  return (
    a !== undefined &&
    b !== undefined &&
    a.stem === b.stem &&
    b.number === a.number + 1 &&
    before.dataType === column.dataType
  );
}

function numbered(name: string): { readonly stem: string; readonly number: number } | undefined {
  const found = /^(.*\D)(\d{1,4})$/.exec(name);
  return found ? { stem: found[1] ?? '', number: Number(found[2]) } : undefined;
}
