import type { Locale } from '../base/namespace.ts';
import type { Catalogue } from '../data/catalogue.ts';
import type { DialectName } from '../data/database.ts';
import type { Series } from '../language/buckets.ts';
import type { DateReader, Day } from '../language/dates.ts';
import type { Definition } from '../language/definitions.ts';
import { applyDefinitions } from '../language/definitions.ts';
import { wholeSpan } from '../language/periods.ts';
import { newestRowsSql } from './composing/newest-rows-sql.ts';
import { sqlDialects } from './composing/sql-dialects.ts';
import { areCopies } from './copied-fields.ts';
import { type Candidate, candidates, changes, type Decision, decide, sqlOf } from './decide.ts';
import { type Chip, chipsOf } from './describing/chips.ts';
import { describeReading } from './describing/describe-reading.ts';
import { type ChartHint, chartHintOf, sentenceOf } from './describing/sentence.ts';
import { createHiddenNames } from './lexicon/hidden-names.ts';
import { knownNames, unknownWords } from './lexicon/known-words.ts';
import { readLattice } from './lexicon/lattice.ts';
import { createLexicon } from './lexicon/lexicon.ts';
import type { Model } from './model/model.ts';
import type { OssieModel } from './model/ossie.ts';
import { resolveModel } from './model/resolve-model.ts';
import { ofWholeBuckets, seriesOf, withDefaultPeriod } from './reading/default-period.ts';
import {
  continues,
  isFragment,
  leansOnBefore,
  narrows,
  widens,
  withoutLead,
  withoutWidening,
} from './reading/follow-up.ts';
import type { Reading } from './reading/reading.ts';
import { pointedBack, type References, referencesIn } from './reading/references.ts';

export type MeasuresOptions = {
  readonly model: OssieModel;
  /** Types and values that the model leaves out. */
  readonly catalogue: Catalogue | undefined;
  /** Values of fields, by `dataset.field`, that the catalogue has none of: names of products, say. */
  readonly values?: ReadonlyMap<string, readonly string[]>;
  readonly today: () => Day;
  readonly dates: DateReader;
  readonly dialect?: DialectName;
  /** In words: what questions about events are of that name no period. Without it, all time. */
  readonly defaultPeriod?: string;
};

export type AskContext = {
  /** The language of explanations and chips. */
  readonly locale: Locale;
  /** What the team taught. */
  readonly definitions?: readonly Definition[];
  /** The answer before in this conversation, for follow-ups. */
  readonly previous?: Reading | AnsweredOtherwise | undefined;
};

/** An answer that was not composed here. What it says that it answers is read, if a person vouched for these words. */
export type AnsweredOtherwise = { readonly said: string | undefined };

export type MeasuredAnswer = {
  readonly kind: 'answer';
  readonly sql: string;
  /** The interpretation in one line; asked as it stands, it is read the same way. */
  readonly explanation: string;
  /** JSON, for follow-ups. */
  readonly reading: Reading;
  /** Ids of the definitions that were needed. */
  readonly definitions: readonly string[];
  /** What can be changed with one click. Made when asked for: every option is read back first. */
  chips(): readonly Chip[];
  readonly chart: ChartHint;
  /** Set when its rows are a series over time. */
  readonly series: Series | undefined;
  /** As `renderSentence` fills it. */
  readonly sentence: string | undefined;
};

/**
 * `answer`: every word has its place, and there is one reading. `ask`: several readings fit, and the person chooses.
 * `none`: not answered here; `unknownWords` are in no reading, and there may be none of them when only the grammar fails.
 */
export type MeasuredReply =
  | MeasuredAnswer
  | { readonly kind: 'ask'; readonly suggestions: readonly { readonly text: string }[] }
  | { readonly kind: 'none'; readonly unknownWords: readonly string[]; readonly partial: readonly string[] };

/** The measured answers of one data source: questions composed into SQL from its semantic model. Nothing here does I/O. */
export interface Measures {
  ask(question: string, context: AskContext): MeasuredReply;
  /** SQL for the newest day of each thing that has a date; undefined when nothing has. */
  newestRows(): string | undefined;
}

/** Choices offered when several readings fit. */
const offered = 4;

/** Questions that take the way of most others: grammar, numbers, dates, SQL. */
const warmUps = ({ datasets }: Model): readonly string[] => {
  const [name = ''] = [...datasets.values()][0]?.phrases ?? [];
  return [`how many ${name} since 3 March 2020`, `${name} with more than 5 by month compared with last year`];
};

export function createMeasures({
  model: file,
  catalogue,
  values,
  today,
  dates,
  dialect = 'postgres',
  defaultPeriod,
}: MeasuresOptions): Measures {
  const { model } = resolveModel(file, catalogue, values);
  const lexicon = createLexicon(model);
  const asksForHidden = createHiddenNames(model);
  const context = () => ({ model, dialect: sqlDialects[dialect], today: today() });
  const latticeOf = (text: string) => readLattice(text, lexicon, { today: today(), dates });
  const decideOn = (text: string): Decision => decide(candidates(latticeOf(text), context()));

  // The first question of a process would wait for all that is compiled when it is first used, dates above all.
  for (const question of warmUps(model)) decideOn(question);

  function readingBefore(previous: AskContext['previous']): Reading | undefined {
    if (previous === undefined || 'metrics' in previous) return previous;
    const said = previous.said === undefined ? undefined : decideOn(previous.said);
    return said?.kind === 'one' ? said.chosen.reading : undefined;
  }

  /** A follow-up when it says so or says too little to stand alone; else a question of its own. */
  function read(text: string, answered: AskContext['previous']): Decision {
    const previous = readingBefore(answered);
    if (previous === undefined)
      return answered !== undefined && (leansOnBefore(text) || referencesIn(text) !== undefined)
        ? { kind: 'none' }
        : decideOn(text);
    const references = referencesIn(text);
    if (references !== undefined) return pointingBack(references, previous);
    const changeOf = (before: Reading): Decision => {
      const how = { isNarrowing: narrows(text), isWidening: widens(text) };
      const said = how.isWidening ? withoutWidening(text) : withoutLead(text);
      return decide(changes(latticeOf(said), before, context(), how));
    };
    const change = (): Decision => {
      const changed = changeOf(withoutDefault(previous));
      return changed.kind === 'none' ? changeOf(previous) : changed;
    };
    if (leansOnBefore(text) || widens(text)) return change();
    if (continues(text)) {
      const changed = change();
      if (changed.kind !== 'none') return changed;
    }
    const whole = decideOn(text);
    if (whole.kind === 'none') return change();
    // "in Berlin" is no list of cities.
    return isFragment(text) && !isMeasured(whole) ? change() : whole;
  }

  const isMeasured = (decision: Decision): boolean =>
    decision.kind === 'one' && decision.chosen.reading.metrics.length > 0;

  /** "the best customer there": the whole question, of the rows and the period of the answer before. */
  function pointingBack(references: References, previous: Reading): Decision {
    const whole = decideOn(references.rest);
    const reading = whole.kind === 'one' ? pointedBack(whole.chosen.reading, previous, references) : undefined;
    const sql = reading && sqlOf(reading, context());
    return whole.kind === 'one' && reading && sql !== undefined
      ? { kind: 'one', chosen: { ...whole.chosen, reading, sql } }
      : { kind: 'none' };
  }

  /** A period that nobody asked for follows the grain of the next question. */
  function withoutDefault(reading: Reading): Reading {
    const { time, ...rest } = reading;
    const again = inDefaultPeriod({ reading: rest, sql: '', cost: 0 }).reading;
    return time !== undefined && JSON.stringify(again.time) === JSON.stringify(time) ? rest : reading;
  }

  /** What names no period is of the same one as the questions that people vouched for. */
  function inDefaultPeriod(chosen: Candidate): Candidate {
    const span = defaultPeriod === undefined ? undefined : wholeSpan(defaultPeriod, { today: today(), dates });
    const reading = span && withDefaultPeriod(chosen.reading, span, model);
    const sql = reading && sqlOf(reading, context());
    return reading && sql !== undefined ? { ...chosen, reading, sql } : chosen;
  }

  /** Parts of a month are ranked with no whole ones. */
  function inWholeBuckets(chosen: Candidate): Candidate {
    const reading = ofWholeBuckets(chosen.reading, today());
    const sql = reading && sqlOf(reading, context());
    return reading && sql !== undefined ? { ...chosen, reading, sql } : chosen;
  }

  /** What the team taught, and the words that join a follow-up to the question before, are no unknown words. */
  function notRead(asked: string, previous: AskContext['previous']): MeasuredReply {
    const lattice = latticeOf(previous === undefined ? asked : withoutLead(asked));
    return { kind: 'none', unknownWords: unknownWords(lattice), partial: knownNames(lattice) };
  }

  function answer(chosen: Candidate, locale: Locale, definitions: readonly string[]): MeasuredAnswer {
    const { sql, reading } = inWholeBuckets(inDefaultPeriod(chosen));
    const explanation = describeReading(reading, model, locale);
    const rereads = (question: string, meant: Reading): boolean => {
      const again = decideOn(question);
      return again.kind === 'one' && again.chosen.sql === sqlOf(meant, context());
    };
    return {
      kind: 'answer',
      sql,
      reading,
      explanation,
      definitions,
      chips: () => chipsOf(reading, { model, locale, today: today() }, rereads),
      chart: chartHintOf(reading),
      series: seriesOf(reading),
      sentence: sentenceOf(reading, explanation, model, locale),
    };
  }

  return {
    newestRows: () => newestRowsSql(context()),
    ask(question, { locale, definitions = [], previous }) {
      // A word that the team defined means what the team says: what the model's own word of that name means is not tried.
      const rewritten = applyDefinitions(question, definitions);
      const asked = rewritten?.text ?? question;
      const decision = asksForHidden(asked) ? ({ kind: 'none' } as const) : read(asked, previous);
      switch (decision.kind) {
        case 'one':
          return answer(decision.chosen, locale, rewritten?.used ?? []);
        case 'tie': {
          const texts = [...new Set(decision.choices.map(({ reading }) => describeReading(reading, model, locale)))];
          if (areCopies(decision.choices, model)) return answer(decision.choices[0], locale, rewritten?.used ?? []);
          // What no words tell apart, nobody can choose.
          if (texts.length < 2) return notRead(asked, previous);
          return { kind: 'ask', suggestions: texts.slice(0, offered).map((text) => ({ text })) };
        }
        case 'none':
          return notRead(asked, previous);
      }
    },
  };
}
