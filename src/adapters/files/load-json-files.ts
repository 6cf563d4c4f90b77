import { uniqueNames } from './find-header.ts';
import { type JsonRows, readJson } from './json-rows.ts';
import { loadRows, type RowsOf } from './load-rows.ts';
import { asTables, filesOf, type Loader, type Opened, openAll } from './loader.ts';

export const loadJsons: Loader = async (group, context) => {
  const opened = await openAll(group, context, (file, options) => readJson(file.path, options.encoding));
  for (const { name, parts } of asTables(group, opened, ({ columns }) => columns, context.notOneTable)) {
    await context.add(name, filesOf(parts), (table, options) =>
      loadRows(context.connection, table, jsonRows(parts), options),
    );
  }
};

function jsonRows(parts: readonly Opened<JsonRows>[]): RowsOf {
  const keys = [...(parts[0]?.file.partition.keys() ?? [])];
  return {
    columns: uniqueNames([...(parts[0]?.content.columns ?? []), ...keys]),
    rows: parts.flatMap(({ file, content }) =>
      content.rows.map(({ line, cells }) => ({ line, cells: [...cells, ...file.partition.values()] })),
    ),
    bad: parts.flatMap(({ file, content }) =>
      content.bad.map((one) => (parts.length > 1 ? { ...one, file: file.name } : one)),
    ),
    form: 'JSON',
    warnings: [],
    nested: new Set(parts.flatMap(({ content }) => [...content.nested])),
  };
}
