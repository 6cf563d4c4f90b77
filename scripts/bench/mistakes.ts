import type { Catalogue } from '../../src/core/data/catalogue.ts';

/** A statement with one name misspelt in every place. */
export type Mistake = {
  readonly kind: string;
  readonly sql: string;
  readonly wrong: string;
  /** What should be offered. */
  readonly right: string;
};

type Used = {
  /** `schema.table`, in lower case. */
  readonly tables: readonly string[];
  /** `schema.table.column`, in lower case. */
  readonly columns: readonly string[];
};

/** The ways names are got wrong that leave something of them: `(name, table, seed) → wrong name`, undefined when it does not apply. */
const ways: Readonly<Record<string, (name: string, table: string, seed: number) => string | undefined>> = {
  'a letter too few': (name, _, seed) => (name.length < 4 ? undefined : cut(name, 1 + (seed % (name.length - 1)), 1)),
  'a letter twice': (name, _, seed) => {
    const at = 1 + (seed % Math.max(name.length - 1, 1));
    return name.slice(0, at) + name.charAt(at - 1) + name.slice(at);
  },
  'two letters swapped': (name, _, seed) => {
    const at = seed % Math.max(name.length - 1, 1);
    const swapped = name.slice(0, at) + name.charAt(at + 1) + name.charAt(at) + name.slice(at + 2);
    return swapped === name || name.length < 4 ? undefined : swapped;
  },
  'another letter': (name, _, seed) => {
    if (name.length < 4) return undefined;
    const at = 1 + (seed % (name.length - 1));
    return `${name.slice(0, at)}${name.charAt(at) === 'x' ? 'y' : 'x'}${name.slice(at + 1)}`;
  },
  'singular for plural, and the reverse': (name) => (/s$/i.test(name) ? name.replace(/s$/i, '') : `${name}s`),
  'words joined': (name) => (/[_ ]/.test(name) ? name.replaceAll(/[_ ]/g, '') : undefined),
  'words parted': (name) => (/[a-z][A-Z]/.test(name) ? name.replaceAll(/([a-z])([A-Z])/g, '$1_$2') : undefined),
  'the table in front': (name, table) => `${table.replace(/s$/i, '')}_${name}`,
  'without its first word': (name) => /^[^_ ]+[_ ](.{3,})$/.exec(name)?.[1],
  'without its last word': (name) => /^(.{3,})[_ ][^_ ]+$/.exec(name)?.[1],
};

/** Every way for every name that a statement uses; the seed is fixed, so that two runs are the same. */
export function mistakesIn(sql: string, { tables, columns }: Used, catalogue: Catalogue): readonly Mistake[] {
  const found = catalogue.tables.flatMap((table) => {
    const full = `${table.schema}.${table.name}`.toLowerCase();
    const own = table.columns.filter(({ name }) => columns.includes(`${full}.${name.toLowerCase()}`));
    return [
      ...(tables.includes(full) ? [{ name: table.name, table: table.schema, what: 'table' }] : []),
      ...own.map(({ name }) => ({ name, table: table.name, what: 'column' })),
    ];
  });
  const known = new Set(
    catalogue.tables
      .flatMap((table) => [table.name, ...table.columns.map(({ name }) => name)])
      .map((name) => name.toLowerCase()),
  );
  return [
    ...elsewhereIn(sql, catalogue),
    ...found.flatMap(({ name, table, what }) =>
      Object.entries(ways).flatMap(([kind, way]): readonly Mistake[] => {
        if (what === 'table' && kind === 'the table in front') return [];
        const wrong = way(name, table, seedOf(sql + name + kind));
        // The misspelling is an existing name, so the statement asks something else.
        if (wrong === undefined || known.has(wrong.toLowerCase())) return [];
        return [{ kind, sql: replaced(sql, name, wrong), wrong, right: name }];
      }),
    ),
  ];
}

/** Each qualified column with the alias of another table of the statement that has no such column. */
function elsewhereIn(sql: string, { tables }: Catalogue): readonly Mistake[] {
  const aliases = new Map(
    [
      ...sql.matchAll(/\b(?:from|join)\s+(\w+)\s+(?:as\s+)?(?!on\b|using\b|where\b|join\b|inner\b|left\b)(\w+)/gi),
    ].flatMap(([, name, alias = '']) => {
      const table = tables.find((one) => one.name.toLowerCase() === name?.toLowerCase());
      return table === undefined ? [] : [[alias, table] as const];
    }),
  );
  return [...new Set(sql.match(/\b\w+\.\w+\b/g))].flatMap((reference): readonly Mistake[] => {
    const [alias = '', name = ''] = reference.split('.');
    const has = (key: string): string | undefined =>
      aliases.get(key)?.columns.find((column) => column.name.toLowerCase() === name.toLowerCase())?.name;
    const own = has(alias);
    const other = [...aliases.keys()].find((key) => has(key) === undefined);
    if (own === undefined || other === undefined) return [];
    const wrong = `${other}.${name}`;
    const changed = sql.replaceAll(new RegExp(`\\b${alias}\\.${name}\\b`, 'g'), wrong);
    return [{ kind: 'of another table', sql: changed, wrong, right: `${aliases.get(alias)?.name}.${own}` }];
  });
}

/** Outside of strings; quoted where it was. */
const replaced = (sql: string, name: string, wrong: string): string =>
  sql.replace(/'(?:[^']|'')*'|"[^"]*"|[\p{L}_][\p{L}\p{N}_$]*/gu, (token) => {
    if (token.startsWith("'")) return token;
    if (token.startsWith('"')) return token.slice(1, -1) === name ? `"${wrong}"` : token;
    return token.toLowerCase() === name.toLowerCase() ? wrong : token;
  });

const cut = (text: string, at: number, count: number): string => text.slice(0, at) + text.slice(at + count);

const seedOf = (text: string): number =>
  [...text].reduce((sum, letter) => (sum * 31 + (letter.codePointAt(0) ?? 0)) % 1_000_003, 7);
