import { basename } from 'node:path';
import type { ColumnKind, Understood, UnderstoodTable } from '../../core/data/understood.ts';
import { stemOf } from './list-files.ts';

/** The kind of a column in one word: a day with a time is a date as well. */
export const describedType = (kind: ColumnKind): string => (kind === 'timestamp' ? 'date' : kind);

/** What was understood as one JSON object, for programs. */
export function describedJson({ tables, warnings }: Understood, seconds: number) {
  return {
    tables: tables.flatMap((table) => [tableJson(table), ...partsJson(table)]),
    warnings: [...warnings, ...tables.flatMap((table) => table.warnings.map((warning) => `${table.name}: ${warning}`))],
    seconds: Math.round(seconds * 100) / 100,
  };
}

/** The files of a table of several, each as if it were one alone. */
const partsJson = (table: UnderstoodTable) =>
  Object.entries(table.rowsByFile ?? {}).map(([path, rows]) => {
    const file = basename(path);
    const badLines = table.badLines.filter((line) => line.file === file);
    const part = { ...table, name: stemOf(file), files: [file], rows, badLines, badLineCount: badLines.length };
    return { ...tableJson(part), part_of: table.name };
  });

function tableJson({ name, files, form, rows, badLines, badLineCount, columns }: UnderstoodTable) {
  return {
    name,
    files,
    form,
    rows,
    bad_lines: badLines,
    bad_line_count: badLineCount,
    columns: columns.map((column) => ({
      name: column.name,
      type: describedType(column.kind),
      sql_type: column.sqlType,
      form: column.form,
      ...(column.unit ? { unit: column.unit } : {}),
      missing: column.missing,
      missing_words: column.missingWords,
      assumptions: column.assumptions,
    })),
  };
}
