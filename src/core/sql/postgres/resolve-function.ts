import { didYouMean } from '../nearest-names.ts';
import { refuse } from '../refusal.ts';
import { allowedFunctions, maxRepeat, relationFunctions, repeatingFunctions, rowKeepingFunctions } from './builtins.ts';
import { childrenOf } from './check-shape.ts';
import type { Resolver } from './context.ts';
import { requireNamedRelation } from './known-relations.ts';
import type { PostgresScope, Row } from './scope.ts';
import { shownSettings } from './shown-settings.ts';
import { computedConstant, type Fields, fieldsOf, listOf, locationOf, namesOf, stringConstant } from './tree.ts';

/** Resolves a function call: its name must be allowed; its arguments, ORDER BY, FILTER and OVER are resolved. */
export function resolveFunction(call: Fields, scope: PostgresScope, resolver: Resolver): Row | undefined {
  const names = namesOf(call.funcname);
  const outputs = requireFunction(names, call, resolver);
  checkRepetition(names.at(-1) ?? '', call);
  const rows = childrenOf('FuncCall', { ...call, funcname: [] }).map((child) => resolver.expression(child, scope));
  if (outputs !== undefined && outputs.length > 0) return outputs;
  return outputs !== undefined && rowKeepingFunctions.has(names.at(-1) ?? '') ? rows[0] : undefined;
}

/** The columns that an allowed function returns; empty for a plain value, undefined when they are not known. */
function requireFunction(names: readonly string[], call: Fields, resolver: Resolver): Row | undefined {
  const name = names.at(-1) ?? '';
  const schema = names.slice(0, -1).join('.');
  if (resolver.approved.has(names.join('.'))) return undefined;
  if (schema === '' || schema === 'pg_catalog') {
    const outputs = allowedFunctions.get(name);
    if (outputs !== undefined) return outputs;
    if (relationFunctions.has(name)) return checkRelationArgument(name, call, resolver);
    if (name === 'current_setting') return checkSettingArgument(call);
  }
  return refuseFunction(names.join('.'), call);
}

function checkRelationArgument(name: string, call: Fields, resolver: Resolver): Row {
  const text = stringConstant(listOf(call.args)[0]);
  if (text === undefined) {
    refuse({
      reason: 'function',
      what: name,
      message: `${name} may be called only with the name of a table, as in ${name}('orders')`,
      ...locationOf(call),
    });
  }
  requireNamedRelation(resolver.known, text, locationOf(call));
  return [];
}

function checkSettingArgument(call: Fields): Row {
  const setting = (stringConstant(listOf(call.args)[0]) ?? '').toLowerCase();
  return shownSettings.has(setting) ? [] : refuseFunction('current_setting', call);
}

/** Time and row limits stop slow work. Only memory that a single call takes at once has to be limited here. */
function checkRepetition(name: string, call: Fields): void {
  const length = lengthOf({ FuncCall: call });
  if (length <= maxRepeat) return;
  refuse({
    reason: 'resource',
    what: name,
    message: `${name} would make one value of ${length} characters; the most is ${maxRepeat}`,
    ...locationOf(call),
  });
}

/** The length of a value made of constants only; 1 otherwise. Characters. */
function lengthOf(value: unknown): number {
  const call = fieldsOf(value, 'FuncCall');
  if (call === undefined) return Math.max(1, stringConstant(value)?.length ?? 1);
  const name = namesOf(call.funcname).at(-1) ?? '';
  const args = listOf(call.args);
  const times = computedConstant(args[repeatingFunctions.get(name) ?? -1]);
  if (times === undefined) return 1;
  return name === 'repeat' ? times * lengthOf(args[0]) : times;
}

function refuseFunction(what: string, call: Fields): never {
  const near = didYouMean(what, [...allowedFunctions.keys()]);
  return refuse({
    reason: 'function',
    what,
    message: `the function ${what} is not one of those that only compute`,
    next: `${near} An admin can approve further functions.`.trim(),
    ...locationOf(call),
  });
}
