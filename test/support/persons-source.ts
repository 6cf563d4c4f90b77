import type { DatabasePersonsOptions } from '../../src/core/answers/database-persons.ts';
import type { CatalogueColumn } from '../../src/core/data/catalogue.ts';
import { createSyntax } from '../../src/wiring/open-database.ts';

const column = (name: string): CatalogueColumn => ({
  name,
  dataType: 'text',
  type: 'text',
  nullable: true,
  comment: undefined,
  values: [],
  valuesComplete: false,
});

/** A database with one table of customers, of which `badge` is hidden; `asked` has the SQL that it was asked. */
export function personsSource() {
  const asked: string[] = [];
  const rows: Readonly<Record<string, string>> = { full_name: 'Darla Whitcomb', badge: 'ZX-991-773' };
  const source: DatabasePersonsOptions['sources'][number] = {
    name: 'shop',
    policy: { hiddenColumns: ['main.customers.badge'], approvedFunctions: [] },
    syntax: createSyntax('sqlite'),
    catalogue: async () => ({
      dataSource: 'shop',
      searchPath: ['main'],
      hash: 'x',
      tables: [
        {
          schema: 'main',
          name: 'customers',
          kind: 'table',
          comment: undefined,
          columns: ['full_name', 'badge', 'city'].map(column),
          primaryKey: [],
          foreignKeys: [],
          rowEstimate: 1,
        },
      ],
    }),
    database: {
      name: 'shop',
      dialect: 'sqlite',
      catalogue: () => Promise.reject(new Error('not read here')),
      async query({ text }) {
        asked.push(text);
        const name = Object.keys(rows).find((one) => text.includes(one)) ?? '';
        return { columns: [{ name, type: 'text' }], rows: [[rows[name] ?? '']], rowCount: 1, truncated: false, ms: 1 };
      },
      close: async () => undefined,
    },
  };
  return { source, asked };
}
