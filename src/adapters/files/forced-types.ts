import type { ColumnKind } from '../../core/data/understood.ts';
import { booleanReading } from './forms/boolean-form.ts';
import { dateReadings, timeReading } from './forms/date-form.ts';
import type { Column, Decision, Known } from './forms/decide.ts';
import type { FormReading } from './forms/form-reading.ts';
import { isMissing } from './forms/missing-words.ts';
import { numberReadings } from './forms/number-form.ts';
import type { FileOptions } from './options.ts';

const readings: Readonly<Record<string, (values: readonly string[]) => readonly (FormReading | undefined)[]>> = {
  number: numberReadings,
  date: dateReadings,
  timestamp: dateReadings,
  time: (values) => [timeReading(values)],
  boolean: (values) => [booleanReading(values)],
};

/**
 * A decision with what an admin said of the column. As `text` it keeps every character; as another kind the values that
 * are not of it are left without a value and named, so that one of them does not make the column text.
 */
export function forced(decision: Decision, column: Column | undefined, { types }: FileOptions, known: Known): Decision {
  const kind = column && types[column.name];
  if (kind === undefined || column === undefined || kind === decision.reading?.kind) return decision;
  const said = `\`types\` says ${kind}.`;
  if (kind === 'text') return { reading: undefined, candidates: [], assumptions: [said] };
  const fitting = fittingOf(
    kind,
    column.values.filter((value) => !isMissing(value, known.missing)),
    known,
  );
  if (fitting === undefined)
    return { ...decision, doubt: `\`types\` says ${kind}, but no value is one: kept as text.` };
  return { reading: fitting, candidates: [], assumptions: [said] };
}

function fittingOf(kind: ColumnKind, values: readonly string[], { decimal, dates }: Known): FormReading | undefined {
  const read = readings[kind] ?? (() => []);
  const fitting = read(values.filter((value) => read([value]).length > 0)).filter((one) => one !== undefined);
  return (
    fitting.find(
      (one) => (decimal !== undefined && one.decimal === decimal) || (dates !== undefined && one.order === dates),
    ) ?? (fitting.length === 1 ? fitting[0] : undefined)
  );
}
