import { refuse } from '../refusal.ts';
import { checkShape, statementName } from './check-shape.ts';
import type { Resolver } from './context.ts';
import { emptyScope } from './scope.ts';
import { shownSettings } from './shown-settings.ts';
import { type Fields, fieldsOf, isFields, listOf, nodeOf, textOf } from './tree.ts';

/** Options of EXPLAIN that only change what is printed. ANALYZE is allowed when it is switched off. */
const explainOptions: ReadonlySet<string> = new Set([
  'buffers',
  'costs',
  'format',
  'generic_plan',
  'memory',
  'summary',
  'verbose',
  'wal',
  'timing',
]);

/** Returns the statement when everything in it is a read, and refuses it otherwise. */
export function checkStatement(input: unknown, resolver: Resolver): Fields {
  const node = nodeOf(input);
  switch (node?.tag) {
    case 'SelectStmt':
      checkQuery(input, node.fields, resolver);
      return { SelectStmt: node.fields };
    case 'ExplainStmt':
      return { ExplainStmt: checkExplain(node.fields, resolver) };
    case 'VariableShowStmt':
      return { VariableShowStmt: checkShow(node.fields) };
    default: {
      const what = statementName(node?.tag ?? '');
      return refuse({
        reason: 'not_a_read',
        what,
        message: `${what} is not a read; only SELECT, EXPLAIN and SHOW are run`,
      });
    }
  }
}

function checkQuery(statement: unknown, select: Fields, resolver: Resolver): void {
  checkShape(statement);
  resolver.query(select, emptyScope);
}

function checkExplain(explain: Fields, resolver: Resolver): Fields {
  for (const option of listOf(explain.options)) checkExplainOption(fieldsOf(option, 'DefElem') ?? {});
  const select = fieldsOf(explain.query, 'SelectStmt');
  if (select === undefined) {
    return refuse({ reason: 'not_a_read', what: 'EXPLAIN', message: 'EXPLAIN is allowed for a SELECT only' });
  }
  checkQuery(explain.query, select, resolver);
  return explain;
}

function checkExplainOption(option: Fields): void {
  const name = textOf(option.defname).toLowerCase();
  if (explainOptions.has(name) || (name === 'analyze' && isSwitchedOff(option.arg))) return;
  refuse({
    reason: 'not_a_read',
    what: `EXPLAIN ${name.toUpperCase()}`,
    message:
      name === 'analyze'
        ? 'EXPLAIN ANALYZE runs the statement; use EXPLAIN without it'
        : `EXPLAIN with the option ${name.toUpperCase()} is not allowed`,
  });
}

/** `false`, `off` or `0`, as PostgreSQL's `defGetBoolean` reads it. Anything else, and no value, switches on. */
function isSwitchedOff(value: unknown): boolean {
  const node = nodeOf(value);
  if (node?.tag === 'Integer') return (node.fields.ival ?? 0) === 0;
  if (node?.tag === 'Boolean') return node.fields.boolval !== true;
  const word = node?.tag === 'String' ? textOf(node.fields.sval).toLowerCase() : '';
  return word === 'false' || word === 'off';
}

function checkShow(show: Fields): Fields {
  const name = textOf(show.name).toLowerCase();
  if (shownSettings.has(name) && Object.values(show).every((value) => !isFields(value))) return show;
  return refuse({ reason: 'setting', what: name, message: `the setting ${name} is not shown here` });
}
