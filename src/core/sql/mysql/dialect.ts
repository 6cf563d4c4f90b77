import type { TokenDialect } from '../tokens/dialect.ts';
import { wordSet } from '../tokens/grammar.ts';
import { bareFunctions, functions, plannerHints, repeating, systemRelations } from './builtins.ts';

/**
 * MySQL and MariaDB as the adapter's session settings make them read: no ANSI_QUOTES, no NO_BACKSLASH_ESCAPES, no
 * PIPES_AS_CONCAT, text in utf8mb4.
 */
export const mysqlDialect: TokenDialect = {
  name: 'mysql',
  rules: {
    nameQuotes: { '`': '`' },
    stringQuotes: `'"`,
    backslashEscapes: true,
    mysqlComments: true,
    nestedComments: false,
    openComments: false,
    hints: plannerHints,
    literalPrefixes: ['x', 'b', 'n'],
    operators: [],
    dollarQuotes: false,
  },
  grammar: {
    infixWords: wordSet('and or xor div mod is like in between regexp rlike escape'),
    prefixWords: wordSet('not binary any all some distinct'),
    valueWords: wordSet(
      'null true false current_date current_time current_timestamp current_user localtime localtimestamp utc_date utc_time utc_timestamp unknown',
    ),
    typedLiterals: wordSet('date time timestamp'),
    selectModifiers: wordSet(
      'all distinct distinctrow high_priority straight_join sql_small_result sql_big_result sql_buffer_result sql_cache sql_no_cache sql_calc_found_rows',
    ),
    joinsStrings: true,
    stringAlias: true,
    units: wordSet(
      'microsecond second minute hour day week month quarter year second_microsecond minute_microsecond minute_second hour_microsecond hour_second hour_minute day_microsecond day_second day_minute day_hour year_month date time datetime timestamp',
    ),
    unitFunctions: wordSet('extract timestampadd timestampdiff get_format'),
    showAllowed: true,
  },
  functions,
  bareFunctions,
  repeating,
  tableFunctions: new Map([['json_table', []]]),
  systemRelations,
  implicitColumns: [],
  quotedStrings: false,
  recursiveByDefault: false,
};
