/** What the parser must know of a dialect's grammar, beyond what is common to MySQL and SQLite. */
export type Grammar = {
  /** Words that stand between two operands. */
  readonly infixWords: ReadonlySet<string>;
  /** Words that stand before an operand. */
  readonly prefixWords: ReadonlySet<string>;
  /** Words that are values by themselves: `null`, `current_date`. */
  readonly valueWords: ReadonlySet<string>;
  /** Words that make a typed value of the string after them: `date '2026-01-01'`. */
  readonly typedLiterals: ReadonlySet<string>;
  /** Words right after SELECT that change how it is run, not what it reads. */
  readonly selectModifiers: ReadonlySet<string>;
  /** Two adjacent strings are one. */
  readonly joinsStrings: boolean;
  /** A string may name an item of SELECT. */
  readonly stringAlias: boolean;
  /** Units of INTERVAL, EXTRACT and the like. */
  readonly units: ReadonlySet<string>;
  /** Functions whose first argument is a unit. */
  readonly unitFunctions: ReadonlySet<string>;
  /** SHOW TABLES, SHOW COLUMNS and DESCRIBE are statements. */
  readonly showAllowed: boolean;
};

/** The words of a text, as a set. */
export const wordSet = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/));

/** Words that are never a name unless quoted. */
export const clauseWords: ReadonlySet<string> = wordSet(`
  and as by case distinct else end except for from group having in intersect into is join limit like not on or order
  select set then union using when where with`);

/** Words that end an expression or begin a clause: an alias only after AS. */
export const reservedWords: ReadonlySet<string> = wordSet(`
  all and any as asc between by case collate cross desc distinct distinctrow else end escape except exists fetch filter for force
  from full group having ignore in indexed inner intersect interval into is isnull join left like limit lock minus natural
  not notnull null nulls offset on or order outer over partition procedure regexp returning right rlike select separator set
  straight_join table then union use using values when where window with xor`);
