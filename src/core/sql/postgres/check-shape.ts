import { type RefusalReason, refuse } from '../refusal.ts';
import { nodeShapes } from './node-shapes.ts';
import { type Fields, isFields, listOf, locationOf } from './tree.ts';

/** Levels of nodes in one statement. People write about 30, models about 60; deeper ones could exhaust the stack. */
const maxDepth = 800;

const namedFields: Readonly<Record<string, { reason: RefusalReason; message: string }>> = {
  intoClause: { reason: 'not_a_read', message: 'SELECT … INTO creates a table; only reading is allowed' },
  lockingClause: { reason: 'locking', message: 'FOR UPDATE and FOR SHARE lock rows; only reading is allowed' },
};

/** `InsertStmt` → `INSERT`, `CreateFunctionStmt` → `CREATE FUNCTION`. */
export const statementName = (tag: string): string =>
  tag
    .replace(/Stmt$/, '')
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toUpperCase();

/**
 * Refuses every node and field that is not part of a read, so that the rest of the guard never meets an unknown shape.
 */
export function checkShape(node: unknown, depth = 0): void {
  if (depth > maxDepth) {
    refuse({ reason: 'too_deep', what: 'nesting', message: 'the statement is nested too deeply to be checked' });
  }
  if (!isFields(node)) refuseUnknown('value', {});
  const tags = Object.keys(node);
  // A plain DISTINCT and the absent column list of a table function are empty nodes.
  if (tags.length === 0) return;
  const [tag] = tags;
  const fields = tag === undefined ? undefined : node[tag];
  if (tag === undefined || tags.length > 1 || !isFields(fields)) refuseUnknown(tags.join(', '), {});
  checkFields(tag, fields, depth);
}

function checkFields(tag: string, fields: Fields, depth: number): void {
  const shape = nodeShapes.get(tag);
  if (shape === undefined) refuseUnknown(tag, fields);
  for (const [field, value] of Object.entries(fields)) {
    const kind = shape[field];
    if (kind === undefined) refuseField(tag, field, fields);
    else if (kind === 's') checkScalar(tag, value);
    else if (kind === 'n') checkShape(value, depth + 1);
    else if (kind === 'N') for (const item of Array.isArray(value) ? value : [value]) checkShape(item, depth + 1);
    else if (isFields(value)) checkFields(kind.slice(1), value, depth + 1);
    else refuseUnknown(tag, fields);
  }
}

function checkScalar(tag: string, value: unknown): void {
  if (typeof value === 'object') refuseUnknown(tag, {});
}

function refuseField(tag: string, field: string, fields: Fields): never {
  const named = namedFields[field];
  const location = locationOf(fields);
  if (named !== undefined) refuse({ ...named, what: field === 'intoClause' ? 'INTO' : 'row lock', ...location });
  return refuse({
    reason: 'unknown_syntax',
    what: `${tag}.${field}`,
    message: 'this statement uses syntax that is not known to be a read',
    ...location,
  });
}

function refuseUnknown(tag: string, fields: Fields): never {
  const location = locationOf(fields);
  if (tag === 'ParamRef') {
    refuse({
      reason: 'parameter',
      what: '$n',
      message: 'a parameter without a value is left in the statement',
      ...location,
    });
  }
  if (tag.endsWith('Stmt')) {
    const what = statementName(tag);
    refuse({ reason: 'not_a_read', what, message: `${what} is not a read; only SELECT, EXPLAIN and SHOW are run` });
  }
  return refuse({
    reason: 'unknown_syntax',
    what: tag,
    message: 'this statement uses syntax that is not known to be a read',
    ...location,
  });
}

/** The nodes directly below, for walks that need no meaning. */
export function childrenOf(tag: string, fields: Fields): readonly unknown[] {
  const shape = nodeShapes.get(tag) ?? {};
  return Object.entries(fields).flatMap(([field, value]) => {
    const kind = shape[field] ?? 's';
    if (kind === 's') return [];
    if (kind === 'N') return listOf(value);
    return [kind === 'n' ? value : { [kind.slice(1)]: value }];
  });
}
