import { type Document, isMap, isScalar, isSeq, type LineCounter } from 'yaml';
import { z } from 'zod';
import { masks } from '../../core/sql/policy.ts';
import { fileOptionsSchema } from '../files/options.ts';
import { readYaml } from './read-yaml.ts';

/** YAML reads a bare `null` as nothing at all. */
const maskSchema = z.preprocess((mask) => mask ?? 'null', z.enum(masks));

const factSchema = z.union([z.string(), z.number(), z.boolean()]).transform(String);

const sourceFileSchema = z.strictObject({
  name: z.string().optional(),
  /** One line for people: what is in it. */
  description: z.string().default(''),
  /** `YYYY-MM-DD`: what "today" means for data that ends in the past. Without it, the real day. */
  today: z.iso.date().optional(),
  /** `schema.table.column`: never read. */
  hidden_columns: z.array(z.string()).default([]),
  /** `schema.table.column` → what is read in its place. A list masks all of them in full. */
  masked_columns: z
    .union([
      z.record(z.string(), maskSchema),
      z.array(z.string()).transform((names) => Object.fromEntries(names.map((name) => [name, 'full' as const]))),
    ])
    .default({}),
  /** Key of the pseudonyms: with it they stay the same after a restart. */
  mask_key: z.string().min(16).optional(),
  /** `schema.table` → the condition that a row must meet for the person who asks. */
  row_policies: z.record(z.string(), z.string().min(1)).default({}),
  /** Setting or variable of the database → its value for the person who asks: `:name` of a fact, or a constant. */
  session_settings: z.record(z.string(), factSchema).default({}),
  /** The role that statements run as, or `:name` of a fact about the person who asks. */
  session_role: z.string().min(1).optional(),
  /** Views that may be read although tables are masked or filtered. */
  open_views: z.array(z.string()).default([]),
  /** Slack user → facts that conditions may use besides `slack_user`, `team` and `channel`. */
  people: z.record(z.string(), z.record(z.string().regex(/^[a-z][a-z0-9_]*$/), factSchema)).default({}),
  /** Functions that may be called besides the built-in allow-list. */
  approved_functions: z.array(z.string()).default([]),
  /** File below the folder of the source → how it is read, where what is found out is wrong. */
  files: z.record(z.string(), fileOptionsSchema).default({}),
  /** Schemas that may be read; all but the system's by default. */
  schemas: z.array(z.string()).optional(),
  /** Questions to offer on the first screen, best first; verified queries are offered when there are none. */
  examples: z
    .strictObject({ en: z.array(z.string()).default([]), zh: z.array(z.string()).default([]) })
    .default({ en: [], zh: [] }),
  /** File with the verified queries, in the same folder. */
  verified: z.string().optional(),
  /** File with the semantic model, in the same folder. */
  semantic: z.string().optional(),
});

/** What people write about a data source: `sources/<name>.yaml`. */
export type SourceFile = z.infer<typeof sourceFileSchema> & {
  /** Where each setting is written, for messages: `sources/shop.yaml, line 7`. */
  readonly writtenAt: Readonly<Record<string, string>>;
};

/** Reads a source file; a missing file counts as empty. Errors: those of `readYaml`. */
export async function readSourceFile(path: string): Promise<SourceFile> {
  const schema = z.preprocess((data) => data ?? {}, sourceFileSchema);
  const { data, document, lines } = await readYaml(path, { name: 'source file', schema, optional: true });
  return { ...data, writtenAt: placesIn(document, lines, path) };
}

const namingKeys = ['hidden_columns', 'masked_columns', 'row_policies', 'session_settings', 'open_views'];

/** The line of each table, column, setting and key that the file names. */
function placesIn(document: Document, lines: LineCounter, path: string): Readonly<Record<string, string>> {
  const nodes = [document.contents, ...namingKeys.map((key) => document.get(key, true))].flatMap(
    (node): readonly unknown[] => {
      if (isMap(node)) return node.items.map(({ key }) => key);
      return isSeq(node) ? node.items : [];
    },
  );
  return Object.fromEntries(
    nodes
      .filter(isScalar)
      .map(({ value, range }) => [String(value), `${path}, line ${lines.linePos(range?.[0] ?? 0).line}`]),
  );
}
