import { quoteIdentifier } from '../databases/quote-identifier.ts';
import { missingSql } from './missing-sql.ts';
import type { Digits } from './proof.ts';
import type { Proven } from './prove.ts';

/** A column as the engine is to have it. */
export type TypedColumn = {
  readonly name: string;
  readonly sqlType: string;
  readonly sql: string;
  readonly doubt?: string;
};

const longest = 38;

/** The smallest type that keeps every digit; undefined where none does. */
export function numberType({ whole, fraction, significant, hasExponent }: Digits): string | undefined {
  // Programs write a double with up to 17 digits.
  if (hasExponent) return significant <= 17 ? 'DOUBLE' : undefined;
  if (fraction === 0) return whole <= 9 ? 'INTEGER' : whole <= 18 ? 'BIGINT' : whole <= longest ? 'HUGEINT' : undefined;
  if (fraction <= 6) {
    if (whole + fraction <= longest) return `DECIMAL(${whole + fraction <= 18 ? 18 : longest},${fraction})`;
    return undefined;
  }
  if (significant <= 17) return 'DOUBLE';
  return whole + fraction <= longest ? `DECIMAL(${longest},${fraction})` : undefined;
}

const types: Readonly<Record<string, string>> = {
  date: 'DATE',
  timestamp: 'TIMESTAMP',
  time: 'TIME',
  boolean: 'BOOLEAN',
};

/** The proven column c<index>, trimmed t<index>, as a typed one. */
export function typedColumn(proven: Proven, index: number, own: ReadonlySet<string>): TypedColumn {
  const { name, decision, digits } = proven;
  const { reading } = decision;
  const value = `t${index}`;
  if (reading === undefined) return textColumn(proven, index);
  const sqlType = reading.kind === 'number' ? digits && numberType(digits) : (types[reading.kind] ?? 'VARCHAR');
  if (sqlType === undefined && digits !== undefined)
    return { ...textColumn(proven, index), doubt: 'Numbers with more digits than the engine keeps: kept as text.' };
  const type = sqlType ?? 'INTEGER';
  const short = own.size === 0 && decision.candidates.length > 0 ? reading.toTypedSql?.(value, type) : undefined;
  const whole = `CASE WHEN NOT ${missingSql(value, own, false)} THEN ${reading.toSql(value)} END`;
  const sql = short ?? (reading.kind === 'number' ? `CAST(${whole} AS ${type})` : whole);
  return { name, sqlType: type, sql: `${sql} AS ${quoteIdentifier(name)}` };
}

function textColumn({ name, textMissing, isPadded }: Proven, index: number): TypedColumn {
  const trimmed = `t${index}`;
  const sql = `CASE WHEN NOT ${missingSql(trimmed, textMissing, true)} THEN ${isPadded ? trimmed : `c${index}`} END`;
  return { name, sqlType: 'VARCHAR', sql: `${sql} AS ${quoteIdentifier(name)}` };
}
