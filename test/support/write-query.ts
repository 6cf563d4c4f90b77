import type { DialectName } from '../../src/core/data/database.ts';
import type { NumberNode, RandomQuery, Select, Shared, Source, TextNode, Truth } from './random-queries.ts';

/** A table of two columns, a number and a text. */
export type RandomTable = { readonly name: string; readonly number: string; readonly text: string };

/** Names as people and tools give them: reserved words, quotes, blanks, signs, other scripts. */
const names = [
  'a',
  'total',
  'select',
  'group',
  'order',
  'my table',
  'it"s',
  'back`tick',
  "o'clock",
  'semi;colon--',
  '/*x*/',
  'Mixed Case',
  'UPPER',
  '1st',
  '$x',
  'a.b',
  'back\\slash',
  '100%',
  '数据',
  '😀',
  'timestamp',
  'end',
  'left',
  'window',
];

/** Five tables with such names, the same everywhere. */
export const randomTables: readonly RandomTable[] = [
  { name: 'orders', number: 'amount', text: 'status' },
  { name: 'order', number: 'from', text: 'group' },
  { name: 'odd "name"', number: 'no. 1', text: "it's" },
  { name: '客户`表', number: 'Σ', text: '名字' },
  { name: 'Semi;--', number: '/*n*/', text: 'back\\slash' },
];

type Columns = { readonly alias: string; readonly number: string; readonly text: string };
type Scope = {
  readonly relations: readonly Columns[];
  readonly ctes: readonly Columns[];
  readonly outer: readonly Columns[];
};

type Traits = {
  /** Styles of quoting a name. */
  readonly quotes: readonly ((name: string) => string)[];
  /** Styles of writing a text, each for the texts it can hold. */
  readonly strings: readonly ((text: string) => string | undefined)[];
  readonly casts: readonly ((written: string) => string)[];
  readonly join: (left: string, right: string) => string;
  readonly setWords: readonly string[];
  readonly joins: readonly string[];
  readonly collations: readonly string[];
  /** `(SELECT …) AS t(a, b)` is known. */
  readonly renamesColumns: boolean;
};

const doubled = (text: string, quote: string) => `${quote}${text.replaceAll(quote, quote + quote)}${quote}`;
const plain = (text: string) => doubled(text, "'");
const escaped = (text: string) => text.replace(/[\\']/g, '\\$&').replaceAll('\n', '\\n');
const dollars = (tag: string) => (text: string) =>
  `${text}$`.includes(`$${tag}$`) || text.endsWith('$') ? undefined : `$${tag}$${text}$${tag}$`;
const bars = (left: string, right: string) => `${left} || ${right}`;
const cast = (type: string) => (written: string) => `CAST(${written} AS ${type})`;
const colons = (type: string) => (written: string) => `(${written})::${type}`;
const allJoins = ['JOIN', 'LEFT JOIN', 'CROSS JOIN', 'RIGHT OUTER JOIN', 'FULL JOIN'];
const allSets = ['UNION', 'UNION ALL', 'EXCEPT', 'INTERSECT', 'INTERSECT ALL', 'EXCEPT ALL'];

const traits: Readonly<Record<DialectName, Traits>> = {
  postgres: {
    quotes: [(name) => doubled(name, '"')],
    strings: [
      plain,
      (text) => `E'${escaped(text)}'`,
      dollars(''),
      dollars('q'),
      (text) => `U&'${text.replaceAll('\\', '\\\\').replaceAll("'", "''").replaceAll('中', '\\4e2d')}'`,
      (text) => `'${text.replaceAll("'", "''")}'\n'x'`,
    ],
    casts: [cast('text'), cast('varchar(9)'), colons('text'), colons('"char"::text')],
    join: bars,
    setWords: allSets,
    joins: allJoins,
    collations: ['"C"', 'pg_catalog."default"'],
    renamesColumns: true,
  },
  duckdb: {
    quotes: [(name) => doubled(name, '"')],
    strings: [plain, (text) => `E'${escaped(text)}'`, dollars(''), dollars('q')],
    casts: [cast('VARCHAR'), cast('DECIMAL(38, 2)'), colons('VARCHAR'), (written) => `TRY_CAST(${written} AS text)`],
    join: bars,
    setWords: allSets,
    joins: allJoins,
    collations: ['NOCASE'],
    renamesColumns: true,
  },
  sqlite: {
    quotes: [
      (name) => doubled(name, '"'),
      (name) => doubled(name, '`'),
      (name) => (name.includes(']') ? doubled(name, '"') : `[${name}]`),
    ],
    strings: [plain, (text) => `CAST(x'${Buffer.from(text).toString('hex')}' AS TEXT)`],
    casts: [cast('TEXT'), cast('VARCHAR(9)')],
    join: bars,
    setWords: allSets.slice(0, 4),
    joins: allJoins,
    collations: ['NOCASE', 'BINARY'],
    renamesColumns: false,
  },
  mysql: {
    quotes: [(name) => doubled(name, '`')],
    strings: [
      (text) => `'${escaped(text)}'`,
      (text) => plain(text.replaceAll('\\', '\\\\')),
      (text) => doubled(text.replaceAll('\\', '\\\\'), '"'),
      (text) => `_utf8mb4'${escaped(text)}'`,
      (text) => `N'${escaped(text)}' 'x' "y"`,
      (text) => `CONVERT(x'${Buffer.from(text).toString('hex')}' USING utf8mb4)`,
    ],
    casts: [cast('CHAR'), cast('CHAR(9)'), (written) => `CONVERT(${written}, CHAR)`],
    join: (left, right) => `CONCAT(${left}, ${right})`,
    setWords: allSets.slice(0, 4),
    joins: allJoins.slice(0, 4),
    collations: ['utf8mb4_bin'],
    renamesColumns: true,
  },
};

const at = <Item>(items: readonly Item[], pick: number): Item => {
  const item = items[pick % items.length];
  if (item === undefined) throw new Error('nothing to pick from');
  return item;
};

/** The query as text of the dialect, every operation in brackets, and the tables it names. */
export function writeQuery(
  query: RandomQuery,
  dialect: DialectName,
): { readonly sql: string; readonly tables: readonly string[] } {
  const writer = new QueryWriter(traits[dialect]);
  const { sql } = writer.query(query, { relations: [], ctes: [], outer: [] });
  return { sql, tables: [...writer.tables].sort() };
}

type Written = { readonly sql: string; readonly number: string; readonly text: string };

class QueryWriter {
  readonly tables = new Set<string>();
  readonly #traits: Traits;
  readonly #taken = new Set(randomTables.map(({ name }) => name));

  constructor(dialect: Traits) {
    this.#traits = dialect;
  }

  query(query: RandomQuery, scope: Scope): Written {
    const ctes = [...scope.ctes];
    const isRecursive = query.ctes.some(({ recursive }) => recursive);
    const heads = query.ctes.map(({ name, query: inner, recursive }) => {
      const alias = this.#fresh(name);
      const written = recursive ? this.#counter(alias) : this.query(inner, { ...scope, ctes: [...ctes] });
      const renames = !recursive && name % 2 === 0;
      const columns = renames ? this.#columnNames(name) : written;
      ctes.push({ number: columns.number, text: columns.text, alias });
      return `${this.#name(alias)}${renames ? this.#columnList(columns) : ''} AS (${written.sql})`;
    });
    const inside = { ...scope, ctes };
    const first = this.#select(query.first, inside);
    const arms = query.arms.map(
      ({ word, select }) => `${at(this.#traits.setWords, word)} ${this.#select(select, inside).sql}`,
    );
    const head = heads.length === 0 ? '' : `WITH ${isRecursive ? 'RECURSIVE ' : ''}${heads.join(', ')} `;
    const order = query.order === undefined ? '' : ` ORDER BY ${at(['1', '2 DESC', '1 ASC, 2'], query.order)}`;
    const limit = query.limit === undefined ? '' : ` LIMIT ${query.limit}${query.limit % 2 === 0 ? ' OFFSET 1' : ''}`;
    return { ...first, sql: `${head}${[first.sql, ...arms].join(' ')}${order}${limit}` };
  }

  /** The only shape of a recursive query that every engine takes. */
  #counter(alias: string): Written {
    const [number, text] = [this.#fresh(0), this.#fresh(1)];
    const name = this.#name(number);
    const rest = `SELECT ${name} + 1, 'y' FROM ${this.#name(alias)} WHERE ${name} < 3`;
    const sql = `SELECT 1 AS ${name}, 'x' AS ${this.#name(text)} UNION ALL ${rest}`;
    return { sql, number, text };
  }

  #select(select: Select, scope: Scope): Written {
    const relations: Columns[] = [];
    const outer = [...scope.relations, ...scope.outer];
    const from = select.from.map(({ source, alias, join, on }, index) => {
      const { written, columns } = this.#source(source, alias, { ...scope, relations: [], outer: [] });
      relations.push(columns);
      if (index === 0) return written;
      // The condition of a join after a comma would not see what stands before it.
      const word = join % 5 === 0 && index === select.from.length - 1 ? ',' : at(this.#traits.joins, join);
      const condition = /^(CROSS|,)/.test(word) ? '' : ` ON ${this.#truth(on, { ...scope, relations, outer: [] })}`;
      return `${word} ${written}${condition}`;
    });
    const inside = { ...scope, relations, outer };
    const names = select.names.map((name) => this.#fresh(name));
    const [number = '', text = ''] = names;
    const items = this.#items(select, inside);
    const where = select.where === undefined ? '' : ` WHERE ${this.#truth(select.where, inside)}`;
    const distinct = select.distinct ? 'DISTINCT ' : '';
    const sql = `SELECT ${distinct}${items.number} AS ${this.#name(number)}, ${items.text} AS ${this.#name(text)} FROM ${from.join(' ')}${where}${items.rest}`;
    return { sql, number, text };
  }

  #items(select: Select, scope: Scope): { readonly number: string; readonly text: string; readonly rest: string } {
    const number = this.#number(select.number, scope);
    const text = this.#text(select.text, scope);
    if (select.group !== undefined) {
      const { by, having } = select.group;
      const key = this.#column(by, 'text', { ...scope, outer: [] });
      const rest = having === undefined ? '' : ` HAVING count(*) > ${having}`;
      return { number: `${at(['max', 'min', 'count'], by)}(${number})`, text: key, rest: ` GROUP BY ${key}${rest}` };
    }
    if (select.window === undefined) return { number, text, rest: '' };
    const { call, partition, frame } = select.window;
    const by = partition === undefined ? '' : `PARTITION BY ${this.#text(partition, scope)} `;
    const key = this.#column(frame, 'number', scope);
    const bounds = at(['', ' ROWS BETWEEN 1 PRECEDING AND CURRENT ROW', ' ROWS UNBOUNDED PRECEDING'], frame);
    const window = `(${by}ORDER BY ${key} DESC${bounds})`;
    const called = at(['row_number()', `max(${key})`, 'count(*)'], call);
    if (call % 2 === 0) return { number: `${called} OVER ${window}`, text, rest: '' };
    const name = this.#name(this.#fresh(call));
    return { number: `${called} OVER ${name}`, text, rest: ` WINDOW ${name} AS ${window}` };
  }

  #source(source: Source, pick: number, scope: Scope): { readonly written: string; readonly columns: Columns } {
    const alias = this.#fresh(pick);
    const as = `AS ${this.#name(alias)}`;
    if (source.kind === 'query') {
      const query = this.query(source.query, scope);
      const renames = this.#traits.renamesColumns && pick % 2 === 0;
      const columns = renames ? this.#columnNames(pick) : query;
      return {
        written: `(${query.sql}) ${as}${renames ? this.#columnList(columns) : ''}`,
        columns: { number: columns.number, text: columns.text, alias },
      };
    }
    if (source.kind === 'cte' && scope.ctes.length > 0) {
      const cte = at(scope.ctes, source.pick);
      return { written: `${this.#name(cte.alias)} ${as}`, columns: { ...cte, alias } };
    }
    const table = at(randomTables, source.pick);
    this.tables.add(table.name);
    const isNamed = pick % 3 > 0;
    return {
      written: isNamed ? `${this.#name(table.name)} ${as}` : `${this.#name(table.name)} ${this.#name(alias)}`,
      columns: { ...table, alias },
    };
  }

  #number(node: NumberNode, scope: Scope): string {
    switch (node.kind) {
      case 'number':
        return node.digits;
      case 'arithmetic':
        return `(${this.#number(node.left, scope)} ${at(['+', '-', '*'], node.operator)} ${this.#number(node.right, scope)})`;
      case 'minus':
        return `(- ${this.#number(node.of, scope)})`;
      case 'length':
        return `length(${this.#text(node.of, scope)})`;
      default:
        return this.#shared(node, 'number', scope, (value) => this.#number(value, scope));
    }
  }

  #text(node: TextNode, scope: Scope): string {
    switch (node.kind) {
      case 'text':
        return this.#string(node.value, node.style);
      case 'cast':
        return at(this.#traits.casts, node.style)(this.#number(node.of, scope));
      case 'join':
        return `(${this.#traits.join(this.#text(node.left, scope), this.#text(node.right, scope))})`;
      case 'call': {
        const of = this.#text(node.of, scope);
        const collation = at(this.#traits.collations, node.name);
        return at(
          [`lower(${of})`, `trim(${of})`, `replace(${of}, 'a', '''')`, `(${of} COLLATE ${collation})`],
          node.name,
        );
      }
      default:
        return this.#shared(node, 'text', scope, (value) => this.#text(value, scope));
    }
  }

  #shared<Value>(node: Shared<Value>, type: 'number' | 'text', scope: Scope, write: (value: Value) => string): string {
    switch (node.kind) {
      case 'column':
        return this.#column(node.pick, type, scope);
      case 'query':
        return this.#scalar(node.query, type, scope);
      case 'coalesce':
        return `coalesce(${node.of.map(write).join(', ')})`;
      case 'case': {
        const other = node.other === undefined ? '' : ` ELSE ${write(node.other)}`;
        return `CASE WHEN ${this.#truth(node.when, scope)} THEN ${write(node.result)}${other} END`;
      }
    }
  }

  #truth(node: Truth, scope: Scope): string {
    const not = 'not' in node && node.not ? 'NOT ' : '';
    const number = (value: NumberNode) => this.#number(value, scope);
    const text = (value: TextNode) => this.#text(value, scope);
    switch (node.kind) {
      case 'compare':
        return `(${number(node.left)} ${at(['=', '<>', '<', '<=', '>', '>=', '!='], node.operator)} ${number(node.right)})`;
      case 'like':
        return `(${text(node.of)} ${not}LIKE ${text(node.pattern)})`;
      case 'between':
        return `(${number(node.of)} BETWEEN ${number(node.low)} AND ${number(node.high)})`;
      case 'in':
        return `(${text(node.of)} ${not}IN (${node.list.map(text).join(', ')}))`;
      case 'inQuery':
        return `(${number(node.of)} IN ${this.#scalar(node.query, 'number', scope)})`;
      case 'exists':
        return `EXISTS (${this.query(node.query, scope).sql})`;
      case 'null':
        return `(${text(node.of)} IS ${not}NULL)`;
      case 'not':
        return `(NOT ${this.#truth(node.of, scope)})`;
      default:
        return `(${this.#truth(node.left, scope)} ${node.kind.toUpperCase()} ${this.#truth(node.right, scope)})`;
    }
  }

  #scalar(query: RandomQuery, type: 'number' | 'text', scope: Scope): string {
    const inner = this.query(query, scope);
    const alias = this.#name(this.#fresh(2));
    return `(SELECT max(${alias}.${this.#name(inner[type])}) FROM (${inner.sql}) AS ${alias})`;
  }

  /** A column of the relations in sight; half of the queries inside see those around them too. */
  #column(pick: number, type: 'number' | 'text', scope: Scope): string {
    const seen = pick % 2 === 0 ? scope.relations : [...scope.relations, ...scope.outer];
    const relation = at(seen.length > 0 ? seen : scope.relations, pick);
    return `${this.#name(relation.alias)}.${this.#name(relation[type])}`;
  }

  #columnNames(pick: number): { readonly number: string; readonly text: string } {
    return { number: this.#fresh(pick), text: this.#fresh(pick + 1) };
  }

  #columnList({ number, text }: { readonly number: string; readonly text: string }): string {
    return `(${this.#name(number)}, ${this.#name(text)})`;
  }

  #string(value: string, style: number): string {
    return at(this.#traits.strings, style)(value) ?? at(this.#traits.strings, 0)(value) ?? '';
  }

  /** A name nothing else has. */
  #fresh(pick: number): string {
    const name = at(names, pick);
    const free = this.#taken.has(name) ? `${name}${this.#taken.size}` : name;
    this.#taken.add(free);
    return free;
  }

  #name(name: string): string {
    return /^(a|total|orders|amount|status)\d*$/.test(name) ? name : at(this.#traits.quotes, name.length)(name);
  }
}
