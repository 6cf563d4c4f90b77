import type { Item } from './basket.ts';
import { at, closingTime, dayMs, hourMs, within } from './calendar.ts';
import { courierStrike, faultyLot, recallDay, recalledProduct } from './incidents.ts';
import type { Order } from './orders.ts';
import type { Random } from './random.ts';

export type Refund = {
  readonly id: number;
  readonly orderId: number;
  readonly lineNo: number;
  readonly amount: number;
  readonly reason: string;
  readonly refundedAt: number;
};

const returnReasons: Readonly<Record<string, number>> = {
  'changed mind': 46,
  'not as described': 26,
  damaged: 18,
  'wrong item': 10,
};
const complaintReasons: Readonly<Record<string, number>> = {
  damaged: 48,
  'wrong item': 22,
  'late delivery': 16,
  'not as described': 14,
};

/** What the customer paid for a line, its share of the discount taken off. */
const paidFor = (order: Order, { quantity, unitPrice }: Item): number =>
  Math.round(quantity * unitPrice * (1 - order.discount / order.subtotal) * 100) / 100;

/** A returned order is refunded whole; of the delivered ones a few lines are, in whole or in part. */
function refundsOf(random: Random, order: Order): readonly Omit<Refund, 'id'>[] {
  // Orders with a correcting line have had their money back already.
  if (order.deliveredAt === null || order.items.some(({ quantity }) => quantity < 0)) return [];
  const { deliveredAt } = order;
  const strike = within(order.orderedAt, ...courierStrike);
  const later = deliveredAt + random.integer(2, 21) * dayMs + random.integer(1, 6) * hourMs;
  const reason = random.word(order.status === 'returned' ? returnReasons : complaintReasons);
  return order.items.flatMap((item) => {
    const base = { orderId: order.id, lineNo: item.lineNo };
    const paid = paidFor(order, item);
    if (paid <= 0) return [];
    if (order.status === 'returned') return [{ ...base, amount: paid, reason, refundedAt: later }];
    const recalled = item.product.name === recalledProduct && within(order.orderedAt, ...faultyLot);
    if (recalled && random.chance(0.8)) {
      const refundedAt =
        at(recallDay) + (random.integer(0, 4) + random.integer(0, 16)) * dayMs + random.integer(9, 17) * hourMs;
      return [{ ...base, amount: paid, reason: 'recall', refundedAt }];
    }
    if (!random.chance(strike ? 0.05 : 0.012)) return [];
    const amount = Math.max(1, Math.round(paid * random.pick([0.2, 0.5, 1, 1]) * 100) / 100);
    return [{ ...base, amount, reason: strike ? 'late delivery' : reason, refundedAt: later }];
  });
}

/** Refunds up to "today", oldest first. */
export function createRefunds(random: Random, orders: readonly Order[]): readonly Refund[] {
  return orders
    .flatMap((order) => refundsOf(random, order))
    .filter(({ refundedAt }) => refundedAt <= closingTime)
    .sort((a, b) => a.refundedAt - b.refundedAt)
    .map((refund, index) => ({ id: index + 1, ...refund }));
}
