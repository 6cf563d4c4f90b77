/** Words that cannot name a table or a column without quotes in one of the engines. */
const reserved = new Set(
  `all analyse analyze and any array as asc asymmetric authorization between binary both by case cast check collate
  column concurrently constraint create cross current_date current_time current_timestamp default deferrable delete desc
  distinct do drop else end escape except exists false fetch filter following for foreign freeze from full glob group
  having if ilike in index initially inner insert intersect into is isnull join lateral leading left like limit match
  natural no not notnull null of offset on only or order outer over overlaps partition placing primary range references
  regexp returning right row rows select session_user set similar some symmetric table tablesample then to trailing
  transaction true union unique update user using values variadic verbose view when where window with
  accessible add alter before bigint blob call cascade change char character condition continue convert cube cume_dist
  current_role cursor database databases day_hour day_minute day_second decimal declare delayed dense_rank describe
  deterministic distinctrow div double drop each elseif empty enclosed escaped exit explain first_value float force
  fulltext function generated get grant groups grouping high_priority hour_minute hour_second ignore inout insensitive
  int integer interval iterate join json_table key keys kill lag last_value lead leave linear lines load localtime
  localtimestamp lock long longblob longtext loop low_priority manual master_bind maxvalue mediumint middleint mod
  modifies nth_value ntile numeric of optimize option optionally out outfile parallel percent_rank pivot pivot_wider
  precision procedure purge qualify range rank read reads real recursive release rename repeat replace require resignal
  restrict return revoke rlike row_number rows schema schemas sensitive separator show signal smallint spatial sql
  sqlexception sqlstate sqlwarning ssl starting stored straight_join summarize system terminated tinyint trigger undo
  unlock unpivot unsigned usage use utc_date utc_time utc_timestamp varbinary varchar varying virtual while write xor
  year_month zerofill`.split(/\s+/),
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
