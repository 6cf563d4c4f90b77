/** A table of a shape: what it points to, each by a column. */
export type TableShape = {
  readonly name: string;
  readonly to: readonly { readonly table: string; readonly column: string }[];
  /** It holds pairs and has no key of its own. */
  readonly isBridge?: boolean;
};

const points = (...tables: readonly string[]) => tables.map((table) => ({ table, column: `${table}_id` }));

/** How tables of real databases hang together. */
export const shapes: readonly { readonly name: string; readonly tables: readonly TableShape[] }[] = [
  {
    name: 'star',
    tables: [
      { name: 'sales', to: points('customers', 'products') },
      { name: 'customers', to: [] },
      { name: 'products', to: [] },
    ],
  },
  {
    name: 'chain',
    tables: [
      { name: 'lines', to: points('orders', 'products') },
      { name: 'orders', to: points('customers') },
      { name: 'customers', to: points('regions') },
      { name: 'regions', to: [] },
      { name: 'products', to: [] },
    ],
  },
  {
    name: 'many to many',
    tables: [
      { name: 'tagged', to: points('books', 'tags'), isBridge: true },
      { name: 'books', to: [] },
      { name: 'tags', to: [] },
      { name: 'reviews', to: points('books') },
    ],
  },
  {
    name: 'two ways',
    tables: [
      { name: 'parcels', to: points('senders', 'depots') },
      { name: 'senders', to: points('towns') },
      { name: 'depots', to: points('towns') },
      { name: 'towns', to: [] },
    ],
  },
  {
    name: 'shortcut',
    tables: [
      { name: 'payments', to: points('rentals', 'customers') },
      { name: 'rentals', to: points('customers') },
      { name: 'customers', to: points('towns') },
      { name: 'towns', to: [] },
    ],
  },
  {
    name: 'two facts',
    tables: [
      { name: 'visits', to: points('patients', 'doctors') },
      { name: 'bills', to: points('patients') },
      { name: 'patients', to: [] },
      { name: 'doctors', to: [] },
    ],
  },
  {
    name: 'two bridges',
    tables: [
      { name: 'teaches', to: points('teachers', 'courses') },
      { name: 'advises', to: points('teachers', 'courses') },
      { name: 'teachers', to: [] },
      { name: 'courses', to: [] },
    ],
  },
  {
    name: 'ways of two lengths',
    tables: [
      { name: 'parcels', to: points('senders', 'depots') },
      { name: 'senders', to: points('regions') },
      { name: 'regions', to: points('towns') },
      { name: 'depots', to: points('towns') },
      { name: 'towns', to: [] },
    ],
  },
  {
    name: 'a school',
    tables: [
      { name: 'teaches', to: points('teachers', 'sections'), isBridge: true },
      { name: 'sections', to: points('courses') },
      { name: 'courses', to: points('departments') },
      { name: 'teachers', to: points('departments') },
      { name: 'departments', to: [] },
    ],
  },
];
