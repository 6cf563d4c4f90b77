import { didYouMean } from '../nearest-names.ts';
import { refuse } from '../refusal.ts';
import { type Relation, visibleColumns } from './scope.ts';
import { type Fields, locationOf, textOf } from './tree.ts';

/** Refuses a star, a whole row, or anything else that stands for every column. */
export function refuseWhole(relation: Relation, node: Fields): never {
  return refuse({
    reason: 'hidden_column',
    what: relation.alias || '*',
    message: `${relation.alias || 'the table'} has a column that is hidden here`,
    next: `Name the columns you need: ${[...visibleColumns(relation).keys()].join(', ')}.`,
    ...locationOf(node),
  });
}

/** `names`: the functions that may be called, for suggestions. */
export function refuseFunction(call: Fields, names: ReadonlySet<string>): never {
  const name = textOf(call.function_name);
  const what = [textOf(call.catalog), textOf(call.schema), name].filter(Boolean).join('.');
  return refuse({
    reason: 'function',
    what,
    message: `the function ${what} is not allowed here`,
    next: `${didYouMean(name, [...names])} An admin can approve further functions.`.trim(),
    ...locationOf(call),
  });
}

/** Verified queries are bound before they are checked, so a parameter is never expected. */
export function refuseParameter(node: Fields): never {
  return refuse({
    reason: 'parameter',
    what: `$${textOf(node.identifier)}`,
    message: 'a parameter without a value is left in the statement',
    ...locationOf(node),
  });
}

/** Refuses a part of the tree that the guard does not know. */
export function refuseUnknown(node: Fields): never {
  const what = textOf(node.show_type) || textOf(node.type) || textOf(node.class);
  return refuse({
    reason: 'unknown_syntax',
    what,
    message: 'this statement uses syntax that is not known to be a read',
    ...locationOf(node),
  });
}
