/** Words that cannot name a table or a column without quotes in PostgreSQL or SQLite. */
const reserved = new Set(
  `all analyse analyze and any array as asc asymmetric authorization between binary both by case cast check collate
  column concurrently constraint create cross current_date current_time current_timestamp default deferrable delete desc
  distinct do drop else end escape except exists false fetch filter following for foreign freeze from full glob group
  having if ilike in index initially inner insert intersect into is isnull join lateral leading left like limit match
  natural no not notnull null of offset on only or order outer over overlaps partition placing primary range references
  regexp returning right row rows select session_user set similar some symmetric table tablesample then to trailing
  transaction true union unique update user using values variadic verbose view when where window with`.split(/\s+/),
);

/** A name as SQL: in quotes only when it needs them. */
export const identifier = (name: string): string =>
  /^[a-z_][a-z0-9_]*$/.test(name) && !reserved.has(name) ? name : `"${name.replaceAll('"', '""')}"`;

/** A text as an SQL literal. */
export const textLiteral = (value: string): string => `'${value.replaceAll("'", "''")}'`;

/** Strings, comments, quoted names, dotted names, numbers, brackets: enough to find names in an expression. */
const piece =
  /'(?:[^']|'')*'|--[^\n]*|\/\*[\s\S]*?\*\/|(?:"(?:[^"]|"")*"|[A-Za-z_][\w$]*)(?:\s*\.\s*(?:"(?:[^"]|"")*"|[A-Za-z_][\w$]*|\*))*|\d+(?:\.\d+)?|[\s\S]/g;

export type SqlPiece = { readonly text: string; readonly index: number; readonly names: readonly string[] | undefined };

const unquoted = (name: string): string =>
  name.startsWith('"') ? name.slice(1, -1).replaceAll('""', '"') : name.toLowerCase();

/** An SQL text cut into pieces; `names` are the parts of a (dotted) name, lower case unless quoted. */
export function piecesOf(sql: string): readonly SqlPiece[] {
  return [...sql.matchAll(piece)].map(({ 0: text, index }) => ({
    text,
    index,
    names: /^["A-Za-z_]/.test(text) ? text.match(/"(?:[^"]|"")*"|[A-Za-z_][\w$]*|\*/g)?.map(unquoted) : undefined,
  }));
}

/** Puts `alias.` before each column of the expression. */
export function qualify(expression: string, columns: ReadonlySet<string>, alias: string): string {
  const pieces = piecesOf(expression);
  return pieces
    .map(({ text, names }, i) => {
      const [name, ...more] = names ?? [];
      const isCall = pieces.slice(i + 1).find((next) => next.text.trim() !== '')?.text === '(';
      if (name === undefined || more.length > 0 || isCall) return text;
      return columns.has(text.startsWith('"') ? name : name.toLowerCase()) ? `${identifier(alias)}.${text}` : text;
    })
    .join('');
}
