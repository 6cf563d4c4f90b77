import type { Unit } from '../language/calendar.ts';
import type { ColumnValues, ValueMatch } from '../language/column-values.ts';
import type { DateReader, Day, Span } from '../language/dates.ts';
import { findNumbers, type NumberMention } from '../language/numbers.ts';
import { readPeriods } from '../language/periods.ts';
import { isHan, readText, stem, type Token } from '../language/tokens.ts';
import { conceptsOf } from './concepts.ts';
import { type LookedUp, nothingLookedUp } from './looked-up.ts';
import type { Parameter } from './verified-query.ts';

/** A range of tokens that can be bound to a parameter. */
export type Mention =
  | (At & { readonly type: 'number'; readonly value: number })
  | (At & { readonly type: 'period'; readonly value: Span; readonly window?: Unit })
  | (At & { readonly type: 'value' } & ValueMatch)
  | (At & { readonly type: 'choice'; readonly value: string });

/** What a question means with some of its places bound to parameters. */
export type Meant = {
  /** Its words, with slots for what is bound. */
  readonly words: readonly string[];
  readonly elements: readonly string[];
  /** The key from `meaningKey`. */
  readonly key: string;
};

/** Tokens `from` (inclusive) to `to` (exclusive). */
type At = { readonly from: number; readonly to: number };

/** The longest value of a column that is looked for, in words. */
const maxWords = 8;
/** "on a weekly basis", 每个季度. */
const maxChoiceWords = 5;

/** A question with everything that could be bound. */
export type ReadQuestion = {
  readonly text: string;
  readonly han: boolean;
  readonly tokens: readonly Token[];
  readonly stems: readonly string[];
  /** For each token, whether it is an unknown word and so may be a misspelt value. */
  readonly unknown: readonly boolean[];
  /** Ranges of words, joined as values are: as written and in the singular. */
  readonly valueRuns: readonly (At & { readonly joined: string; readonly singular: string })[];
  /** Values found, by column. Filled on demand. */
  readonly columns: Map<ColumnValues, readonly Mention[]>;
  readonly bindings: Map<Binding, readonly Mention[]>;
  /** Cache that `align` fills. */
  readonly meant: Map<string, Meant>;
  /** Ranges of words that begin and end with a meaningful word, with their meaning. Choices are found by it. */
  readonly meaningRuns: readonly (At & { readonly meaning: string })[];
  readonly numbers: readonly NumberMention[];
  readonly periods: readonly (At & { readonly value: Span; readonly window?: Unit })[];
  /** Values that no catalogue lists. */
  readonly looked: LookedUp;
};

/** Character offsets to tokens; undefined when a token is cut in two. */
function tokenRange(tokens: readonly Token[], from: number, to: number): At | undefined {
  const first = tokens.findIndex((token) => token.start >= from);
  const after = tokens.findIndex((token) => token.start >= to);
  const at = { from: first, to: after === -1 ? tokens.length : after };
  const [head, tail] = [tokens[at.from], tokens[at.to - 1]];
  return first !== -1 && at.from < at.to && head !== undefined && tail !== undefined && tail.end <= to ? at : undefined;
}

/** What reading a question depends on. `isWord`: whether a stem is known here. */
export type QuestionContext = {
  readonly dates: DateReader;
  readonly today: Day;
  readonly isWord: (stem: string) => boolean;
  readonly looked?: LookedUp;
};

/** Reads a question once: tokens, numbers, periods, and the ranges that may be values or choices. */
export function readQuestion(
  question: string,
  { dates, today, isWord, looked = nothingLookedUp }: QuestionContext,
): ReadQuestion {
  const { text, tokens } = readText(question);
  const periods = readPeriods(text, today, dates).flatMap(({ from, to, span, others = [], window }) => {
    const at = tokenRange(tokens, from, to);
    return at === undefined ? [] : [span, ...others].map((value) => ({ ...at, value, ...(window ? { window } : {}) }));
  });
  const numbers = findNumbers(tokens);
  const taken = [...numbers, ...periods];
  const unknown = tokens.map(({ stem }, i) => !isWord(stem) && !taken.some(({ from, to }) => from <= i && i < to));
  const stems = tokens.map((token) => token.stem);
  const letters = tokens.map((token) => token.text.replace(/[^\p{L}\p{N}]+/gu, ''));
  const valueRuns = runs(tokens.length, maxWords).map(({ from, to }) => {
    const joined = letters.slice(from, to).join('');
    return { from, to, joined, singular: stem(joined) };
  });
  return {
    text,
    han: isHan(text),
    tokens,
    stems,
    unknown,
    valueRuns,
    columns: new Map(),
    bindings: new Map(),
    meant: new Map(),
    meaningRuns: meaningRuns(stems),
    numbers,
    periods,
    looked,
  };
}

function meaningRuns(stems: readonly string[]): ReadQuestion['meaningRuns'] {
  const hasWeight = stems.map((stem) => conceptsOf([stem]).length > 0);
  return runs(stems.length, maxChoiceWords)
    .filter(({ from, to }) => hasWeight[from] && hasWeight[to - 1])
    .map((run) => ({ ...run, meaning: meaningOf(stems.slice(run.from, run.to)) }));
}

/** All ranges of at most `max` tokens. */
function runs(length: number, max: number): readonly At[] {
  const found: At[] = [];
  for (let from = 0; from < length; from++)
    for (let to = from + 1; to <= Math.min(length, from + max); to++) found.push({ from, to });
  return found;
}

/** Drops a mention that lies inside a longer one: "York" in "New York". */
const longest = (mentions: readonly Mention[]): readonly Mention[] =>
  mentions.filter(
    (one) =>
      !mentions.some(
        (other) => other.from <= one.from && other.to >= one.to && other.to - other.from > one.to - one.from,
      ),
  );

/** The values of a column that a question names, without synonyms. Shared by all queries that use the column. */
function columnMentions({ valueRuns, unknown, columns }: ReadQuestion, values: ColumnValues): readonly Mention[] {
  const known = columns.get(values);
  if (known !== undefined) return known;
  const found = valueRuns.flatMap(({ from, to, joined, singular }): readonly Mention[] => {
    const exact = values.find(joined) ?? values.find(singular);
    if (exact !== undefined) return [{ type: 'value', from, to, value: exact, how: 'exact' }];
    const misspelt = unknown.slice(from, to).every(Boolean) ? values.findMisspelt(joined) : undefined;
    return misspelt === undefined ? [] : [{ type: 'value', from, to, value: misspelt, how: 'spelling' }];
  });
  columns.set(values, found);
  return found;
}

/** Every run with a word that means nothing else, in the words of the question. */
function assumedMentions({ valueRuns, unknown, text, tokens }: ReadQuestion): readonly Mention[] {
  return valueRuns
    .filter(({ from, to }) => unknown.slice(from, to).some(Boolean))
    .map(({ from, to }) => {
      const value = text.slice(tokens[from]?.start, tokens[to - 1]?.end);
      return { type: 'value', from, to, value, how: 'exact' };
    });
}

function valueMentions(question: ReadQuestion, { parameter, values, synonyms }: Binding): readonly Mention[] {
  const column = parameter.type === 'value' ? parameter.column : '';
  if (question.looked.assumed.has(column)) return assumedMentions(question);
  const found = question.looked.found.get(column);
  const synonymous = question.valueRuns.flatMap(({ from, to, joined }): readonly Mention[] => {
    const value = synonyms.get(joined);
    return value === undefined ? [] : [{ type: 'value', from, to, value, how: 'synonym' }];
  });
  const taken = (mention: Mention): boolean =>
    mention.type === 'value' &&
    mention.how === 'spelling' &&
    synonymous.some(({ from, to }) => from === mention.from && to === mention.to);
  const listed = columnMentions(question, values).filter((mention) => !taken(mention));
  return longest([...listed, ...(found ? columnMentions(question, found) : []), ...synonymous]);
}

/** The meaning of a range of words as one string, for comparing choices. */
export const meaningOf = (stems: readonly string[]): string => conceptsOf(stems).join(' ');

function choiceMentions({ meaningRuns: found }: ReadQuestion, forms: ReadonlyMap<string, string>): readonly Mention[] {
  return longest(
    found.flatMap(({ from, to, meaning }): readonly Mention[] => {
      const value = forms.get(meaning);
      return value === undefined ? [] : [{ type: 'choice', from, to, value }];
    }),
  );
}

/** A parameter with what is needed to find it in a question. */
export type Binding = {
  readonly parameter: Parameter;
  readonly values: ColumnValues;
  /** Joined synonym → value. */
  readonly synonyms: ReadonlyMap<string, string>;
  /** Meaning → key of the choice. */
  readonly forms: ReadonlyMap<string, string>;
};

const within = (value: number, { min, max }: { min?: number | undefined; max?: number | undefined }): boolean =>
  (min === undefined || value >= min) && (max === undefined || value <= max);

/** The places of a question that can be bound to this parameter. */
export function mentionsFor(question: ReadQuestion, binding: Binding): readonly Mention[] {
  const found = question.bindings.get(binding) ?? findMentions(question, binding);
  question.bindings.set(binding, found);
  return found;
}

function findMentions(question: ReadQuestion, binding: Binding): readonly Mention[] {
  const { parameter } = binding;
  switch (parameter.type) {
    case 'integer':
    case 'number':
      return question.numbers
        .filter(({ value }) => (parameter.type === 'number' || Number.isInteger(value)) && within(value, parameter))
        .map((found) => ({ type: 'number', ...found }));
    case 'period':
      return question.periods.map((found) => ({ type: 'period', ...found }));
    case 'value':
      return valueMentions(question, binding);
    case 'choice':
      return choiceMentions(question, binding.forms);
  }
}
