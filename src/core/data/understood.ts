/** What a column is, whatever the form it is written in. `date` and `timestamp` are both days to people. */
export type ColumnKind = 'number' | 'date' | 'timestamp' | 'time' | 'boolean' | 'text' | 'json' | 'empty';

/** `file`: where a table has several. */
export type BadLine = { readonly line: number; readonly reason: string; readonly file?: string };

/** What was understood of one column, for people. */
export type UnderstoodColumn = {
  readonly name: string;
  readonly kind: ColumnKind;
  /** As the engine has it: `DECIMAL(18,2)`. */
  readonly sqlType: string;
  /** How the values are written; empty for text. */
  readonly form: string;
  /** Currency or percent, where every value has it. */
  readonly unit?: string;
  /** Rows without a value, and the words that stood for it. */
  readonly missing: number;
  readonly missingWords: readonly string[];
  /** What was taken for granted, or what has to be decided. */
  readonly assumptions: readonly string[];
  /** Kept as text until an admin says which. */
  readonly isOpen: boolean;
};

/** What was understood of one table. */
export type UnderstoodTable = {
  readonly name: string;
  readonly files: readonly string[];
  /** Encoding, delimiter, header, as people say it. */
  readonly form: string;
  readonly rows: number;
  /** Of a table of several files: the rows of each, where they were counted. */
  readonly rowsByFile?: Readonly<Record<string, number>>;
  /** Kept aside. The first thousand are named. */
  readonly badLines: readonly BadLine[];
  readonly badLineCount: number;
  readonly columns: readonly UnderstoodColumn[];
  readonly warnings: readonly string[];
};

/** What was understood of the files of a source. */
export type Understood = {
  readonly tables: readonly UnderstoodTable[];
  /** What was left out, with the cure, and what else has to be known. */
  readonly warnings: readonly string[];
};
