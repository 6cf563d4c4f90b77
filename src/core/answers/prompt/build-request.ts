import type { Catalogue } from '../../data/catalogue.ts';
import { estimateTokens } from '../../language/estimate-tokens.ts';
import { inputText } from '../../model/input-text.ts';
import type { Capacity, ModelRequest, PromptPart } from '../../model/model.ts';
import { type LinkedSchema, linkSchema } from '../../sql/linking/link-schema.ts';
import { tablesIn } from '../../sql/linking/previous-tables.ts';
import { columnTexts } from '../../sql/linking/vectors.ts';
import { visibleCatalogue } from '../../sql/visible-catalogue.ts';
import type { LeftOut } from '../outcome.ts';
import type { Source } from '../source.ts';
import { type Draft, draftSchema, shortDraftSchema } from './draft.ts';
import { fitPrompt, type PromptParts, shaped } from './fit-prompt.ts';
import { type PromptShape, type PromptSize, promptShapes, promptSizeFor } from './prompt-size.ts';
import { readDraft } from './read-draft.ts';
import { fullRules, shortRules } from './rules.ts';
import { userText } from './user-text.ts';
import type { Attempt, Writing } from './writing.ts';

/** One attempt, with what the replies before it showed. */
export type Building = Attempt & {
  /** Whether the previous reply could not be parsed. */
  readonly again: boolean;
  /** How often the server rejected the prompt as too long. */
  readonly cuts: number;
  readonly capacity: Capacity | undefined;
};

/** Tokens for thoughts, in addition to the answer. */
const thoughtTokens = 4000;
/** Tokens for the marks of a chat template and for the error of the estimate. */
const spare = 64;
const spareShare = 0.03;

/** Builds the request for one statement, cut to the model's capacity, and lists what was left out. */
export async function buildRequest(
  writing: Writing,
  building: Building,
  signal: AbortSignal,
): Promise<{ readonly request: ModelRequest<Draft>; readonly leftOut: readonly LeftOut[] }> {
  const { route, failure, capacity, attempt, again, cuts } = building;
  const size = promptSizeFor(capacity?.contextTokens, capacity?.promptSize);
  const shape = promptShapes[size];
  const schema = size === 'small' ? shortDraftSchema : draftSchema;
  const link = await linker(writing, signal);
  const estimate = (text: string): number => capacity?.estimate(text) ?? estimateTokens(text);
  const measure = (parts: PromptParts): number =>
    estimate(inputText({ ...promptOf(writing, parts, building, size), schema }));
  const { parts, leftOut } = fitPrompt(partsOf(writing, shape, link), {
    room: roomFor(shape, capacity),
    measure,
    link,
  });
  const purpose = failure ? 'repair_sql' : 'write_sql';
  const { question } = writing;
  const request: ModelRequest<Draft> = {
    id: [question.id, purpose, Math.max(attempt, 1), ...(again ? ['again'] : []), ...(cuts ? [`cut${cuts}`] : [])].join(
      ':',
    ),
    chargeTo: { person: question.person, place: question.place, question: question.id },
    purpose,
    ...(route ? { route } : {}),
    effort: again ? 'low' : building.effort,
    ...promptOf(writing, parts, building, size),
    schema,
    read: readDraft,
    maxOutputTokens: outputTokens(shape, building, measure(parts)),
  };
  return { request, leftOut };
}

function partsOf({ thread, examples, recalled, source }: Writing, shape: PromptShape, link: Link): PromptParts {
  const { note } = source;
  // The owners' note uses tokens of the schema's share.
  const tokens = Math.max(shape.schemaTokens - (shape.note ? estimateTokens(note ?? '') : 0), shape.schemaTokens / 2);
  const schema = link(tokens);
  const schemaTokens = Math.min(tokens, estimateTokens(schema.text));
  return shaped({ exchanges: thread, examples, recalled, note, schema, schemaTokens }, shape);
}

/** Tokens that the prompt may use besides the answer. */
function roomFor(shape: PromptShape, capacity: Capacity | undefined): number {
  if (capacity?.tokens === undefined) return shape.inputTokens;
  const room = capacity.tokens - Math.min(shape.outputTokens, Math.floor(capacity.tokens / 3));
  return Math.min(shape.inputTokens, Math.floor(room * (1 - spareShare)) - spare);
}

/** Tokens for the answer and the thoughts, as far as the capacity allows. */
function outputTokens({ outputTokens }: PromptShape, { capacity, effort, again }: Building, input: number): number {
  const left = (capacity?.tokens ?? Number.POSITIVE_INFINITY) - Math.ceil(input * (1 + spareShare)) - spare;
  const thinks = capacity?.thinks === 'always' || (capacity?.thinks === 'when_asked' && effort !== 'low' && !again);
  const wanted = outputTokens + (thinks ? thoughtTokens : 0);
  return Math.max(Math.min(wanted, left), Math.min(outputTokens, leastOutput));
}

/** Tokens of a short statement with its sentence. */
const leastOutput = 300;

type Link = (tokens: number) => LinkedSchema;

async function linker(writing: Writing, signal: AbortSignal): Promise<Link> {
  const { source, thread, meaning } = writing;
  const catalogue = visibleCatalogue(await source.catalogue(signal), source.policy);
  const previous = previousTables(thread, catalogue);
  const columns = meaning && source.meanings?.ofTexts(columnTexts(catalogue));
  const vectors = meaning && columns && { question: meaning, columns };
  return (tokens) => linkSchema(linkedText(writing), catalogue, tokens, { previous, vectors });
}

const previousTables = (thread: Writing['thread'], catalogue: Catalogue): readonly string[] =>
  thread.flatMap(({ sql }) => tablesIn(sql, catalogue));

/**
 * The text that the schema is linked with. A reply such as "the paid ones" names no table, so the question before is
 * included.
 */
const linkedText = ({ question, clarifications, unread: { names } }: Writing): string =>
  [...clarifications.map((clarification) => clarification.question), question.text, ...names].join(' ');

const promptOf = (writing: Writing, parts: PromptParts, building: Building, size: PromptSize) => ({
  system: systemParts(writing, parts, building, size),
  messages: [{ role: 'user' as const, text: userText(writing, parts, building) }],
});

/** The system prompt. Parts that are the same for every question come first, so that the vendor can cache them. */
function systemParts(
  { source, clarifications }: Writing,
  parts: PromptParts,
  { failure }: Building,
  size: PromptSize,
): readonly PromptPart[] {
  const { dialect } = source.database;
  const present = {
    examples: parts.examples.length > 0,
    askedBack: clarifications.length > 0,
    failure: failure !== undefined,
  };
  const { whole, text } = parts.schema;
  const isStable = whole && size !== 'small';
  return [
    { text: size === 'small' ? shortRules(dialect, present) : fullRules(dialect), cache: !isStable },
    { text: [aboutSource(source, parts.note), text].join('\n\n'), cache: isStable },
  ];
}

/** The source's name and description, and its owners' note, which may instruct the model. */
const aboutSource = ({ name, description }: Source, note: string | undefined): string =>
  [
    `Database "${name}": ${JSON.stringify(description)}`,
    ...(note ? [`What its owners say of it:\n${note.trim()}`] : []),
  ].join('\n\n');
