import { MemoriError } from '../base/errors.ts';
import type { Catalogue, CatalogueTable } from '../data/catalogue.ts';
import type { SqlToken } from '../data/syntax.ts';
import { createColumnValues } from '../language/column-values.ts';
import { normalise } from '../language/tokens.ts';
import { conceptsOf } from './concepts.ts';
import { isRank } from './meaning-key.ts';
import { type Mention, mentionsFor, type QuestionContext, type ReadQuestion, readQuestion } from './mentions.ts';
import { literalsOf, type NumberUse, type SqlColumn, type SqlLiteral } from './sql-literals.ts';
import type { Parameter, VerifiedQuery } from './verified-query.ts';

type Masked = Pick<VerifiedQuery, 'questions' | 'sql' | 'parameters'>;
type Place = { readonly start: number; readonly end: number };

/** A literal of the SQL with all its places, and how to find it in a question. */
type Candidate = {
  /** The parameter's name, when it is not taken yet. */
  readonly name: string;
  readonly parameter: Parameter;
  readonly places: readonly Place[];
  /** The table that a value comes from. */
  readonly table: CatalogueTable | undefined;
  /** All mentions of its kind in a question. */
  mentions(question: ReadQuestion): readonly Mention[];
  /** Whether the mention is this literal, used as the SQL uses it. */
  isSaid(question: ReadQuestion, mention: Mention): boolean;
};

/** What masking needs to know about a source. */
export type MaskingSource = {
  readonly catalogue: Catalogue;
  readonly scan: (sql: string) => Promise<readonly SqlToken[]>;
  readonly reading: Omit<QuestionContext, 'isWord'>;
};

/**
 * Turns numbers and values into parameters when every wording and the SQL name them: in "top 5 customers in Hamburg"
 * over `city = 'Hamburg' … LIMIT 5`, both. A value must be in the catalogue and compared with its column. A literal
 * that could not safely be replaced by another stays fixed; then only the same question is answered. Errors:
 * `invalid_input` when the wordings name different ones.
 */
export async function maskLiterals(masked: Masked, source: MaskingSource): Promise<Masked> {
  const read = (text: string) => readQuestion(text, { ...source.reading, isWord: () => true });
  const asked = masked.questions.map(read);
  const literals = literalsOf(await source.scan(masked.sql), source.catalogue);
  const named = [...valueCandidates(literals, masked.sql), ...numberCandidates(literals, masked.sql)].filter(
    (candidate) => isNamed(candidate, asked),
  );
  const free = named.filter((candidate) => !isTied(candidate, literals, named));
  let { questions, parameters } = masked;
  const names = new Map<Candidate, string>();
  for (const candidate of free) {
    const name = freeName(candidate.name, parameters);
    const texts = questions.map((text) => withSlot(read(text), candidate, name));
    // Masking an earlier literal changed how this one is read.
    if (texts.includes(undefined)) continue;
    questions = texts.map((text) => text ?? '');
    parameters = { ...parameters, [name]: candidate.parameter };
    names.set(candidate, name);
  }
  return { questions, parameters, sql: withPlaceholders(masked.sql, names) };
}

/** Whether each wording names it once. Errors: `invalid_input` when a wording names another instead. */
function isNamed(candidate: Candidate, asked: readonly ReadQuestion[]): boolean {
  const said = asked.map((question) => candidate.mentions(question).filter((one) => candidate.isSaid(question, one)));
  if (said.every(({ length }) => length === 1)) return true;
  const isOther = said.some(({ length }, at) => {
    const question = asked[at];
    return length === 0 && question !== undefined && candidate.mentions(question).length > 0;
  });
  if (isOther && said.some(({ length }) => length === 1))
    throw invalid('The ways to ask name different numbers or values. Name the same ones in each, or none.');
  return false;
}

const invalid = (message: string): MemoriError => new MemoriError('invalid_input', message, { details: { message } });

/**
 * Whether the SQL fixes another value of the same table that the question does not name: with `country = 'Germany'`
 * fixed too, another city might not exist.
 */
function isTied({ table }: Candidate, literals: readonly SqlLiteral[], named: readonly Candidate[]): boolean {
  if (table === undefined) return false;
  const isFree = ({ start }: Place): boolean =>
    named.some(({ places }) => places.some((place) => place.start === start));
  return literals.some(
    (literal) =>
      literal.kind === 'value' &&
      !isFree(literal) &&
      (literal.columns.length === 0 || literal.columns.some((column) => column.table === table)),
  );
}

function valueCandidates(literals: readonly SqlLiteral[], sql: string): readonly Candidate[] {
  const values = literals.filter((literal) => literal.kind === 'value');
  return [...new Set(values.map(({ value }) => value))].flatMap((value): readonly Candidate[] => {
    const places = values.filter((literal) => literal.value === value);
    const columns = new Set(places.flatMap((place) => place.columns.map(pathOf)));
    const [column] = places[0]?.columns ?? [];
    if (column === undefined || columns.size !== 1 || !places.every((place) => place.columns[0]?.known)) return [];
    // "hamburg_orders" or 'hamburg' elsewhere would be wrong for another city.
    if (wordsOf(value).every((word) => wordsOf(without(sql, places)).includes(word))) return [];
    const parameter: Parameter = { type: 'value', column: pathOf(column), synonyms: {} };
    const known = column.table.columns.find(({ name }) => name === column.name)?.values ?? [];
    const binding = { parameter, values: createColumnValues(known), synonyms: new Map(), forms: new Map() };
    return [
      {
        name: column.name.toLowerCase(),
        parameter,
        places,
        table: column.table,
        mentions: (question) => mentionsFor(question, binding),
        isSaid: (_, mention) => mention.value === value,
      },
    ];
  });
}

const pathOf = ({ table, name }: SqlColumn): string => [table.schema, table.name, name].filter(Boolean).join('.');

const wordsOf = (text: string): readonly string[] => normalise(text).match(/\p{L}+|\p{N}+/gu) ?? [];

/** The largest number that counts as a number of rows. */
const mostRows = 1_000;

function numberCandidates(literals: readonly SqlLiteral[], sql: string): readonly Candidate[] {
  return literals.flatMap((literal): readonly Candidate[] => {
    if (literal.kind !== 'number') return [];
    const { value, use } = literal;
    // The same digits elsewhere, even in a name, may depend on the question too.
    const isElsewhere = without(sql, [literal])
      .match(/\d+(?:\.\d+)?/gu)
      ?.some((digits) => Number(digits) === value);
    if (isElsewhere || (use === 'rows' && (value > mostRows || !Number.isInteger(value)))) return [];
    const parameter: Parameter = use === 'rows' ? { type: 'integer', min: 1, max: mostRows } : { type: 'number' };
    return [
      {
        name: use === 'rows' ? 'n' : 'number',
        parameter,
        places: [literal],
        table: undefined,
        mentions: numbersIn,
        isSaid: (question, mention) => mention.value === value && agrees(use, question),
      },
    ];
  });
}

/** The numbers of a question that are not part of a date. */
const numbersIn = ({ numbers, periods }: ReadQuestion): readonly Mention[] =>
  numbers
    .filter(({ from, to }) => !periods.some((period) => period.from < to && from < period.to))
    .map((found) => ({ type: 'number', ...found }));

const comparing: ReadonlySet<string> = new Set(['GT', 'GE', 'LT', 'LE', 'over', 'under', 'than']);

/** Whether the question and the SQL compare alike: "over 100" is not `= 100`, and "5 stars" is not `>= 5`. */
function agrees(use: NumberUse, { stems }: ReadQuestion): boolean {
  const concepts = conceptsOf(stems);
  const compares = concepts.some((concept) => comparing.has(concept));
  switch (use) {
    case 'rows':
      return true;
    case 'equal':
      return !compares;
    case 'bound':
      return compares;
    case 'most':
      return compares || concepts.some(isRank);
  }
}

function withSlot(question: ReadQuestion, candidate: Candidate, name: string): string | undefined {
  const [mention, ...others] = candidate.mentions(question).filter((one) => candidate.isSaid(question, one));
  const [first, last] = [question.tokens[mention?.from ?? -1], question.tokens[(mention?.to ?? 0) - 1]];
  if (first === undefined || last === undefined || others.length > 0) return undefined;
  return `${question.text.slice(0, first.start)}{${name}}${question.text.slice(last.end)}`;
}

function freeName(wanted: string, taken: Readonly<Record<string, unknown>>): string {
  const base = /^[a-z][a-z0-9_]*$/.test(wanted) ? wanted : 'value';
  const names = [base, ...Array.from({ length: 20 }, (_, at) => `${base}_${at + 2}`)];
  return names.find((name) => !(name in taken)) ?? base;
}

const without = (sql: string, places: readonly Place[]): string =>
  replaced(
    sql,
    places.map((place) => ({ ...place, by: ' ' })),
  );

const withPlaceholders = (sql: string, names: ReadonlyMap<Candidate, string>): string =>
  replaced(
    sql,
    [...names].flatMap(([{ places }, name]) => places.map((place) => ({ ...place, by: `:${name}` }))),
  );

const replaced = (sql: string, places: readonly (Place & { readonly by: string })[]): string =>
  places
    .toSorted((a, b) => b.start - a.start)
    .reduce((text, { start, end, by }) => text.slice(0, start) + by + text.slice(end), sql);
