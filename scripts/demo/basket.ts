import { at, within } from './calendar.ts';
import type { Segment } from './customers.ts';
import { faultyLot, recalledProduct } from './incidents.ts';
import type { Product } from './products.ts';
import type { Random } from './random.ts';

export type Item = {
  readonly lineNo: number;
  readonly product: Product;
  readonly quantity: number;
  readonly unitPrice: number;
};

const linesPerOrder = { 1: 34, 2: 26, 3: 17, 4: 11, 5: 7, 6: 5 };
const piecesPerLine = { 1: 64, 2: 22, 4: 9, 6: 5 };

export const cents = (amount: number): number => Math.round(amount * 100) / 100;

/** January to December. */
const gardenSeason = [0.3, 0.5, 1.2, 2.4, 2.8, 2.2, 1.6, 1.1, 0.7, 0.4, 0.25, 0.3];

/** Garden things sell in spring, lights and candles before Christmas; a campaign pushed the later recalled kettle. */
function seasonOf(product: Product, time: number): number {
  const month = new Date(time).getUTCMonth();
  if (product.category === 'Garden') return gardenSeason[month] ?? 1;
  if (product.category === 'Lighting' || product.category === 'Candles') return month >= 9 ? 1.9 : 0.9;
  return product.name === recalledProduct && within(time, ...faultyLot) ? 5 : 1;
}

/** What is in the basket of one order: different products, the wanted ones more often. */
export function chooseItems(
  random: Random,
  products: readonly Product[],
  segment: Segment,
  time: number,
): readonly Item[] {
  const choices = products
    .filter((product) => product.launchedAt <= time)
    .map((product) => [product, product.popularity * seasonOf(product, time)] as const);
  const chosen = new Set(Array.from({ length: Number(random.word(linesPerOrder)) }, () => random.weighted(choices)));
  // Prices rose by 3 % at the start of 2026.
  const priceLevel = time < at('2026-01-01') ? 0.97 : 1;
  return [...chosen].map((product, index) => ({
    lineNo: index + 1,
    product,
    quantity: quantityOf(random, product, segment),
    unitPrice: cents(product.price * priceLevel),
  }));
}

function quantityOf(random: Random, product: Product, segment: Segment): number {
  if (product.price > 200) return 1;
  if (segment === 'consumer') return Number(random.word(piecesPerLine));
  return segment === 'business' ? random.integer(1, 6) : random.integer(2, 14);
}

/** Every few thousand orders somebody typed a piece too many and took it back by a negative line. */
export function withCorrection(orderId: number, items: readonly Item[]): readonly Item[] {
  const [first] = items;
  if (orderId % 5_003 !== 0 || first === undefined) return items;
  const doubled = { ...first, quantity: first.quantity + 1 };
  return [doubled, ...items.slice(1), { ...first, lineNo: items.length + 1, quantity: -1 }];
}
