import fc from 'fast-check';

/**
 * Queries as trees of our own, the same for every dialect. Tables, columns, names and ways to write a thing are numbers:
 * the writer takes the one of this number among those that are in sight, so that every tree is a query that makes sense
 * and can be made smaller. Every query has two columns, a number and a text.
 */
export type RandomQuery = {
  readonly ctes: readonly { readonly name: number; readonly query: RandomQuery; readonly recursive: boolean }[];
  readonly first: Select;
  readonly arms: readonly { readonly word: number; readonly select: Select }[];
  readonly order: number | undefined;
  readonly limit: number | undefined;
};

export type Select = {
  readonly distinct: boolean;
  readonly names: readonly [number, number];
  readonly number: NumberNode;
  readonly text: TextNode;
  readonly window: Window | undefined;
  readonly from: readonly {
    readonly source: Source;
    readonly alias: number;
    readonly join: number;
    readonly on: Truth;
  }[];
  readonly where: Truth | undefined;
  readonly group: { readonly by: number; readonly having: number | undefined } | undefined;
};

export type Source =
  | { readonly kind: 'table'; readonly pick: number }
  | { readonly kind: 'cte'; readonly pick: number }
  | { readonly kind: 'query'; readonly query: RandomQuery };

export type Window = { readonly call: number; readonly partition: TextNode | undefined; readonly frame: number };

type ColumnNode = { readonly kind: 'column'; readonly pick: number };
type QueryNode = { readonly kind: 'query'; readonly query: RandomQuery };
interface Coalesce<Value> {
  readonly kind: 'coalesce';
  readonly of: readonly Value[];
}
interface Choice<Value> {
  readonly kind: 'case';
  readonly when: Truth;
  readonly result: Value;
  readonly other: Value | undefined;
}
/** What numbers and texts have alike. */
export type Shared<Value> = ColumnNode | QueryNode | Coalesce<Value> | Choice<Value>;

export type NumberNode =
  | ColumnNode
  | QueryNode
  | Coalesce<NumberNode>
  | Choice<NumberNode>
  | { readonly kind: 'number'; readonly digits: string }
  | { readonly kind: 'arithmetic'; readonly operator: number; readonly left: NumberNode; readonly right: NumberNode }
  | { readonly kind: 'minus'; readonly of: NumberNode }
  | { readonly kind: 'length'; readonly of: TextNode };

export type TextNode =
  | ColumnNode
  | QueryNode
  | Coalesce<TextNode>
  | Choice<TextNode>
  | { readonly kind: 'text'; readonly value: string; readonly style: number }
  | { readonly kind: 'cast'; readonly of: NumberNode; readonly style: number }
  | { readonly kind: 'join'; readonly left: TextNode; readonly right: TextNode }
  | { readonly kind: 'call'; readonly name: number; readonly of: TextNode };

export type Truth =
  | { readonly kind: 'compare'; readonly operator: number; readonly left: NumberNode; readonly right: NumberNode }
  | { readonly kind: 'like'; readonly not: boolean; readonly of: TextNode; readonly pattern: TextNode }
  | { readonly kind: 'between'; readonly of: NumberNode; readonly low: NumberNode; readonly high: NumberNode }
  | { readonly kind: 'in'; readonly not: boolean; readonly of: TextNode; readonly list: readonly TextNode[] }
  | { readonly kind: 'inQuery'; readonly of: NumberNode; readonly query: RandomQuery }
  | { readonly kind: 'exists'; readonly query: RandomQuery }
  | { readonly kind: 'null'; readonly not: boolean; readonly of: TextNode }
  | { readonly kind: 'and' | 'or'; readonly left: Truth; readonly right: Truth }
  | { readonly kind: 'not'; readonly of: Truth };

const pick = fc.nat(50);
const digits = fc.oneof(
  fc.nat(1_000).map(String),
  fc.constantFrom(
    '0',
    '007',
    '0.5',
    '.5',
    '5.',
    '1e10',
    '1.5E+3',
    '2.5e-7',
    '9223372036854775807',
    '18446744073709551616',
  ),
  fc.bigInt({ min: 10n ** 20n, max: 10n ** 37n }).map(String),
);
const characters = fc.constantFrom(
  ...`'"\`\\;-/*#$%_:?@{}[]()x \n\t`,
  '--',
  '/*',
  '*/',
  '$$',
  '中',
  '😀',
  'é',
  '\u202e',
);
const value = fc.oneof(
  fc.string({ unit: characters, maxLength: 8 }),
  fc.constantFrom('', "\\'", "' OR 1=1 --", 'NULL'),
);
const maybe = <Value>(arbitrary: fc.Arbitrary<Value>) => fc.option(arbitrary, { nil: undefined, freq: 1 });
const is = <Kind extends string, Fields extends object>(
  kind: Kind,
  fields: { [Key in keyof Fields]: fc.Arbitrary<Fields[Key]> },
) => fc.record({ kind: fc.constant(kind), ...fields }) as unknown as fc.Arbitrary<{ kind: Kind } & Fields>;

const numberLeaf: fc.Arbitrary<NumberNode> = fc.oneof(is('number', { digits }), is('column', { pick }));
const textLeaf: fc.Arbitrary<TextNode> = fc.oneof(is('text', { value, style: pick }), is('column', { pick }));

/** Numbers of at most so many levels; queries inside begin one level below. */
function numbers(levels: number): fc.Arbitrary<NumberNode> {
  if (levels === 0) return numberLeaf;
  const below = numbers(levels - 1);
  return fc.oneof(
    { weight: 3, arbitrary: numberLeaf },
    is('arithmetic', { operator: pick, left: below, right: below }),
    is('minus', { of: below }),
    is('length', { of: texts(levels - 1) }),
    ...shared(below, levels),
  );
}

function texts(levels: number): fc.Arbitrary<TextNode> {
  if (levels === 0) return textLeaf;
  const below = texts(levels - 1);
  return fc.oneof(
    { weight: 3, arbitrary: textLeaf },
    is('cast', { of: numbers(levels - 1), style: pick }),
    is('join', { left: below, right: below }),
    is('call', { name: pick, of: below }),
    ...shared(below, levels),
  );
}

const shared = <Value>(below: fc.Arbitrary<Value>, levels: number): readonly fc.Arbitrary<Shared<Value>>[] => [
  is('query', { query: queries(levels - 1) }),
  is('coalesce', { of: fc.array(below, { minLength: 2, maxLength: 3 }) }),
  is('case', { when: truths(levels - 1), result: below, other: maybe(below) }),
];

function truths(levels: number): fc.Arbitrary<Truth> {
  const number = numbers(Math.max(levels - 1, 0));
  const text = texts(Math.max(levels - 1, 0));
  const compare = is('compare', { operator: pick, left: number, right: number });
  if (levels === 0) return compare;
  const below = truths(levels - 1);
  return fc.oneof(
    compare,
    is('like', { not: fc.boolean(), of: text, pattern: text }),
    is('between', { of: number, low: number, high: number }),
    is('in', { not: fc.boolean(), of: text, list: fc.array(text, { minLength: 1, maxLength: 3 }) }),
    is('inQuery', { of: number, query: queries(levels - 1) }),
    is('exists', { query: queries(levels - 1) }),
    is('null', { not: fc.boolean(), of: text }),
    is('and', { left: below, right: below }),
    is('or', { left: below, right: below }),
    is('not', { of: below }),
  );
}

function sources(levels: number): fc.Arbitrary<Source> {
  const named = [is('table', { pick }), is('cte', { pick })] as const;
  return levels === 0 ? fc.oneof(...named) : fc.oneof(...named, is('query', { query: queries(levels - 1) }));
}

function selects(levels: number): fc.Arbitrary<Select> {
  const from = fc.record({ source: sources(levels), alias: pick, join: pick, on: truths(levels) });
  return fc.record({
    distinct: fc.boolean(),
    names: fc.tuple(pick, pick),
    number: numbers(levels),
    text: texts(levels),
    window: maybe(fc.record({ call: pick, partition: maybe(texts(levels)), frame: pick })),
    from: fc.array(from, { minLength: 1, maxLength: 3 }),
    where: maybe(truths(levels)),
    group: maybe(fc.record({ by: pick, having: maybe(pick) })),
  });
}

const byLevel = new Map<number, fc.Arbitrary<RandomQuery>>();

/** Queries of at most so many levels. */
export function queries(levels: number): fc.Arbitrary<RandomQuery> {
  const known = byLevel.get(levels);
  if (known !== undefined) return known;
  const below = Math.max(levels - 1, 0);
  const select = selects(below);
  const cte = levels === 0 ? undefined : fc.record({ name: pick, query: queries(below), recursive: fc.boolean() });
  const made = fc.record({
    ctes: cte === undefined ? fc.constant([]) : fc.array(cte, { maxLength: 2 }),
    first: select,
    arms: levels === 0 ? fc.constant([]) : fc.array(fc.record({ word: pick, select }), { maxLength: 2 }),
    order: maybe(pick),
    limit: maybe(fc.nat(9)),
  });
  byLevel.set(levels, made);
  return made;
}
