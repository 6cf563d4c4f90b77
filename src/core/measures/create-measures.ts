import type { Locale } from '../namespace.ts';
import type { Catalogue } from '../sql/catalogue.ts';
import type { DateReader, Day } from '../verified/dates.ts';
import { applyDefinitions } from '../verified/definitions.ts';
import type { Definition } from '../verified/verified-match.ts';
import { candidates, decide } from './decide.ts';
import { unknownWords } from './grammar.ts';
import { readLattice } from './lattice.ts';
import { createLexicon } from './lexicon.ts';
import type { OssieModel } from './ossie.ts';
import type { Reading } from './reading.ts';
import { resolveModel } from './resolve-model.ts';
import { type SqlDialectName, sqlDialects } from './sql-dialects.ts';

export type MeasuresOptions = {
  readonly model: OssieModel;
  /** Types and values that the model leaves out. */
  readonly catalogue: Catalogue | undefined;
  readonly today: () => Day;
  readonly dates: DateReader;
  readonly dialect?: SqlDialectName;
};

export type AskContext = {
  readonly locale: Locale;
  readonly definitions?: readonly Definition[];
  /** The reading before, for follow-ups. */
  readonly previous?: Reading | undefined;
};

export type MeasuredAnswer = {
  readonly kind: 'answer';
  readonly sql: string;
  readonly reading: Reading;
};

export type MeasuredReply =
  | MeasuredAnswer
  | { readonly kind: 'ask'; readonly readings: readonly { readonly sql: string; readonly reading: Reading; readonly cost: number }[] }
  | { readonly kind: 'none'; readonly unknownWords: readonly string[] };

export interface Measures {
  ask(question: string, context: AskContext): MeasuredReply;
}

export function createMeasures({ model: file, catalogue, today, dates, dialect = 'postgres' }: MeasuresOptions): Measures {
  const { model } = resolveModel(file, catalogue);
  const lexicon = createLexicon(model);
  return {
    ask(question, { definitions = [] }) {
      const rewritten = applyDefinitions(question, definitions);
      const lattice = readLattice(rewritten?.text ?? question, lexicon, { today: today(), dates });
      const decision = decide(candidates(lattice, { model, dialect: sqlDialects[dialect], today: today() }));
      switch (decision.kind) {
        case 'one':
          return { kind: 'answer', sql: decision.chosen.sql, reading: decision.chosen.reading };
        case 'tie':
          return { kind: 'ask', readings: decision.choices };
        case 'none':
          return { kind: 'none', unknownWords: unknownWords(lattice) };
      }
    },
  };
}
