import type { CatalogueColumn } from '../../data/catalogue.ts';
import type { DialectName } from '../../data/database.ts';
import type { Mask } from '../policy.ts';

/** How a dialect writes the parts of masks. */
type Spelling = {
  readonly name: (name: string) => string;
  readonly text: (value: string) => string;
  readonly asText: (value: string) => string;
  readonly joined: (a: string, b: string) => string;
  readonly lastFour: (text: string) => string;
  readonly find: 'strpos' | 'instr';
  /** Undefined where the engine has no such function. */
  readonly hash: ((text: string) => string) | undefined;
  readonly none: (dataType: string) => string;
};

const quoted = (mark: string) => (value: string) => `${mark}${value.replaceAll(mark, mark + mark)}${mark}`;
const castTo = (type: string) => (value: string) => `CAST(${value} AS ${type})`;

const standard = {
  name: quoted('"'),
  text: quoted("'"),
  joined: (a: string, b: string) => `${a} || ${b}`,
  lastFour: (text: string) => `right(${text}, 4)`,
  none: (dataType: string) => `CAST(NULL AS ${dataType})`,
};

const spellings: Readonly<Record<DialectName, Spelling>> = {
  postgres: {
    ...standard,
    asText: castTo('text'),
    find: 'strpos',
    hash: (text) => `substr(encode(sha256(convert_to(${text}, 'UTF8')), 'hex'), 1, 16)`,
  },
  duckdb: {
    ...standard,
    asText: castTo('VARCHAR'),
    find: 'strpos',
    hash: (text) => `substr(sha256(${text}), 1, 16)`,
  },
  sqlite: {
    ...standard,
    asText: castTo('TEXT'),
    lastFour: (text) => `substr(${text}, -4)`,
    find: 'instr',
    hash: undefined,
    none: () => 'NULL',
  },
  mysql: {
    name: quoted('`'),
    text: (value) => quoted("'")(value.replaceAll('\\', '\\\\')),
    asText: castTo('CHAR'),
    joined: (a, b) => `CONCAT(${a}, ${b})`,
    lastFour: (text) => `RIGHT(${text}, 4)`,
    find: 'instr',
    hash: (text) => `LEFT(SHA2(${text}, 256), 16)`,
    none: () => 'NULL',
  },
};

/** A name in the dialect's quotes. */
export const quotedName = (name: string, dialect: DialectName): string => spellings[dialect].name(name);

/** False when the engine cannot make this mask. */
export const canMask = (mask: Mask, dialect: DialectName): boolean =>
  mask !== 'hash' || spellings[dialect].hash !== undefined;

const shown = "'***'";

/**
 * The expression that replaces a masked column. A value that is too short, or of an unexpected form, is not shown at
 * all.
 */
export function maskExpression(mask: Mask, column: CatalogueColumn, dialect: DialectName, key: string): string {
  const spelling = spellings[dialect];
  const value = spelling.name(column.name);
  const text = spelling.asText(value);
  const orNothing = (cases: string): string => `CASE WHEN ${value} IS NULL THEN NULL ${cases}ELSE ${shown} END`;
  switch (mask) {
    case 'null':
      return spelling.none(column.dataType);
    case 'full':
      return orNothing('');
    case 'last4':
      // The last four of fewer than eight characters would reveal most of the value.
      return orNothing(`WHEN length(${text}) >= 8 THEN ${spelling.joined(shown, spelling.lastFour(text))} `);
    case 'email': {
      const domain = `substr(${text}, ${spelling.find}(${text}, '@'))`;
      const isAddress = `${text} LIKE '_%@_%' AND ${text} NOT LIKE '%@%@%' AND ${text} NOT LIKE '% %'`;
      return orNothing(`WHEN ${isAddress} THEN ${spelling.joined(shown, domain)} `);
    }
    case 'hash': {
      const { hash } = spelling;
      const keyed = spelling.joined(spelling.text(key), text);
      return hash === undefined ? orNothing('') : `CASE WHEN ${value} IS NULL THEN NULL ELSE ${hash(keyed)} END`;
    }
  }
}
