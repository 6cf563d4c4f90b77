import { loadRows, type RowsOf } from './load-rows.ts';
import { type Loader, openAll } from './loader.ts';
import { readSheets, type Sheet } from './sheets.ts';

export const loadWorkbooks: Loader = async (group, context) => {
  const opened = await openAll(group, context, async (file, options) => readSheets(file.path, options));
  for (const { file, content } of opened) {
    if (content.length === 0) context.leaveOut(file, new Error('there is nothing in its sheets.'));
    for (const sheet of content) {
      const name = content.length === 1 ? file.stem : `${file.stem}_${sheet.name}`;
      await context.add(name, [file], (table, options) =>
        loadRows(context.connection, table, sheetRows(sheet), options),
      );
    }
  }
};

const sheetRows = ({ name, columns, rows, bad, headerLine, assumptions }: Sheet): RowsOf => ({
  columns,
  rows,
  bad,
  form: `sheet ${JSON.stringify(name)}, ${headerLine === undefined ? 'no header' : `header in row ${headerLine}`}`,
  warnings: assumptions,
  nested: new Set(),
});
