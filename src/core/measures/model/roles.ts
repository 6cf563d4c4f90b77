import type { Field, Model, Relationship } from './model.ts';

/** The join of a table with itself by this column: `manager_id` of the employees. */
export const roleJoin = ({ relationships }: Model, { dataset, name }: Field): Relationship | undefined =>
  relationships.find(
    ({ from, to, fromColumns }) =>
      from === dataset && to === dataset && fromColumns.length === 1 && fromColumns[0] === name,
  );

/** The column says which row of its own table stands in a role to this one. */
export const isRole = (model: Model, field: Field): boolean => roleJoin(model, field) !== undefined;
