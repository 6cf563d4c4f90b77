import type { BindingsOf } from './bindings.ts';
import { conceptsOf } from './concepts.ts';
import { meaningKey } from './meaning-key.ts';
import { type Binding, type Meant, type Mention, mentionsFor, type ReadQuestion } from './mentions.ts';
import type { Phrasing, Wording } from './phrasing.ts';
import { slot } from './slots.ts';
import type { Parameter, VerifiedQuery } from './verified-query.ts';

/**
 * A phrasing that a question matches in full, with the mention of each parameter. Parameters without a mention take
 * their default.
 */
export type Alignment = {
  readonly phrasing: Phrasing;
  readonly mentions: Assignment;
  /** The meanings of the question in its order, with slots for bound parameters. */
  readonly elements: readonly string[];
  /** Whether the question uses exactly the phrasing's words, with or without the places that have a default. */
  readonly isLiteral: boolean;
  /**
   * Lower is better. Counts words that are not the phrasing's own, missing places, defaults and corrected spellings.
   */
  readonly cost: number;
};

/** What each bound parameter was found as. */
export type Assignment = Readonly<Record<string, Mention>>;

/** With more ways to bind than this, it is not a question that a person asks. */
const maxAssignments = 256;

const overlap = (a: Mention, b: Mention): boolean => a.from < b.to && b.from < a.to;

/**
 * Whether a question may leave the parameter out. It may omit a number or a period with a default; without its word,
 * "by {grain}" or "{status} tickets" would be a different question.
 */
const mayBeUnbound = ({ names }: Phrasing, name: string, { type, default: fallback }: Parameter): boolean =>
  fallback !== undefined && (!names.includes(name) || type === 'integer' || type === 'number' || type === 'period');

/**
 * Every way to bind parameters to separate places of the question. Parameters for which `isOptional` holds may stay
 * unbound.
 */
export function assignments(
  question: ReadQuestion,
  bindings: Readonly<Record<string, Binding>>,
  isOptional: (name: string, parameter: Parameter) => boolean,
): readonly Assignment[] {
  let ways: Assignment[] = [{}];
  for (const [name, binding] of Object.entries(bindings)) {
    const options = mentionsFor(question, binding);
    const unbound = isOptional(name, binding.parameter) ? ways : [];
    const bound = ways.flatMap((way) =>
      options
        .filter((option) => !Object.values(way).some((other) => overlap(option, other)))
        .map((option) => ({ ...way, [name]: option })),
    );
    ways = [...bound, ...unbound].slice(0, maxAssignments);
  }
  return ways;
}

/** Parameters of one kind must keep the order of the phrasing: "from Berlin to Paris" is not "from Paris to Berlin". */
function isInOrder(phrasing: Phrasing, way: Assignment): boolean {
  const placed = phrasing.names.flatMap((name) => {
    const [mention, parameter] = [way[name], phrasing.query.parameters[name]];
    const kind = parameter?.type === 'value' ? parameter.column : parameter?.type;
    return mention === undefined ? [] : [{ kind, from: mention.from }];
  });
  return placed.every(({ kind, from }, i) =>
    placed.slice(0, i).every((other) => other.kind !== kind || other.from < from),
  );
}

/** The words of the question with slots where something is bound. */
function maskedWords(question: ReadQuestion, { parameters }: VerifiedQuery, way: Assignment): readonly string[] {
  const starts = new Map(Object.entries(way).map(([name, mention]) => [mention.from, { name, to: mention.to }]));
  const stems: string[] = [];
  for (let i = 0; i < question.stems.length; ) {
    const at = starts.get(i);
    const type = at === undefined ? undefined : parameters[at.name]?.type;
    stems.push(at === undefined || type === undefined ? (question.stems[i] ?? '') : slot(type, at.name));
    i = at?.to ?? i + 1;
  }
  return stems;
}

/** What the question means with these bindings. Cached with the question, since the phrasings of a query share it. */
function meant(question: ReadQuestion, query: VerifiedQuery, way: Assignment, wording: Wording): Meant {
  const places = Object.entries(way).map(([name, { from, to }]) => `${name}:${from}-${to}`);
  const id = [query.id, ...places].join(' ');
  const known = question.meant.get(id);
  if (known !== undefined) return known;
  const words = maskedWords(question, query, way);
  const elements = wording(conceptsOf(words), query);
  const found = { words, elements, key: meaningKey(elements, question.han) };
  question.meant.set(id, found);
  return found;
}

function costOf(question: ReadQuestion, phrasing: Phrasing, way: Assignment): number {
  const mentions = Object.values(way);
  const isBound = (i: number): boolean => mentions.some(({ from, to }) => from <= i && i < to);
  const foreign = question.stems.filter((stem, i) => !isBound(i) && !phrasing.stems.has(stem)).length;
  const misplaced = Object.keys(way).filter((name) => !phrasing.names.includes(name)).length;
  const defaults = Object.keys(phrasing.query.parameters).length - mentions.length;
  const misspelt = mentions.filter((mention) => mention.type === 'value' && mention.how === 'spelling').length;
  return foreign * 0.01 + misplaced * 0.5 + defaults * 0.5 + misspelt * 10;
}

/** All ways in which the question matches this phrasing with no word left over on either side; best first. */
export function align(
  question: ReadQuestion,
  phrasing: Phrasing,
  bindingsOf: BindingsOf,
  wording: Wording,
): readonly Alignment[] {
  return assignments(question, bindingsOf(phrasing), (name, parameter) => mayBeUnbound(phrasing, name, parameter))
    .filter((way) => isInOrder(phrasing, way))
    .flatMap((way): readonly Alignment[] => {
      const { words, elements, key } = meant(question, phrasing.query, way, wording);
      const bound = new Set(Object.keys(way));
      if (key !== phrasing.keyFor(bound)) return [];
      const isLiteral = words.join(' ') === phrasing.wordsFor(bound).join(' ');
      return [{ phrasing, mentions: way, elements, isLiteral, cost: costOf(question, phrasing, way) }];
    })
    .sort((a, b) => a.cost - b.cost);
}
