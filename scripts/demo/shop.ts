import { date, timestamp } from './calendar.ts';
import { createCustomers } from './customers.ts';
import { createOrders } from './orders.ts';
import { categories, createProducts } from './products.ts';
import { createRandom } from './random.ts';
import { createRefunds } from './refunds.ts';
import { createTickets } from './tickets.ts';
import { createWebSessions } from './web-sessions.ts';

const seed = 20_261_031;

type Value = string | number | null;
type Rows = readonly (readonly Value[])[];

const moment = (time: number | null): string | null => (time === null ? null : timestamp(time));

/** All rows by table, in an order that satisfies the foreign keys. */
export function createShop(): ReadonlyMap<string, Rows> {
  const random = createRandom(seed);
  const products = createProducts(random);
  const customers = createCustomers(random);
  const orders = createOrders(random, customers, products);
  const refunds = createRefunds(random, orders);
  const tickets = createTickets(random, customers, orders, refunds);
  const sessions = createWebSessions(random, orders);
  return new Map<string, Rows>([
    ['categories', categories.map((c) => [c.id, c.name, c.department])],
    [
      'products',
      products.map((p) => [
        p.id,
        p.sku,
        p.name,
        p.categoryId,
        p.price,
        p.unitCost,
        p.stock,
        p.reorderLevel,
        p.isActive ? 't' : 'f',
        date(p.launchedAt),
      ]),
    ],
    [
      'customers',
      customers.map((c) => [
        c.id,
        c.name,
        c.email,
        c.city,
        c.country,
        c.segment,
        c.marketingChannel,
        timestamp(c.createdAt),
      ]),
    ],
    [
      'orders',
      orders.map((o) => [
        o.id,
        o.customer.id,
        typedStatus(o.id, o.status),
        o.channel,
        o.paymentMethod,
        timestamp(o.orderedAt),
        moment(o.shippedAt),
        moment(o.deliveredAt),
        o.subtotal,
        o.discount,
        o.shippingFee,
        'EUR',
      ]),
    ],
    ['order_items', orders.flatMap((o) => o.items.map((i) => [o.id, i.lineNo, i.product.id, i.quantity, i.unitPrice]))],
    ['refunds', refunds.map((r) => [r.id, r.orderId, r.lineNo, r.amount, r.reason, timestamp(r.refundedAt)])],
    [
      'tickets',
      tickets.map((t) => [
        t.id,
        t.customerId,
        t.orderId,
        t.topic,
        t.priority,
        timestamp(t.openedAt),
        moment(t.firstReplyAt),
        moment(t.closedAt),
        t.satisfaction,
      ]),
    ],
    ['web_sessions', sessions.map((s) => [s.day, s.marketingChannel, s.device, s.sessions, s.carts, s.purchases])],
  ]);
}

/** Dirty on purpose: now and then a status comes in other letter case. */
function typedStatus(orderId: number, status: string): string {
  if (orderId % 2_003 === 0) return status.toUpperCase();
  return orderId % 1_511 === 0 ? status.charAt(0).toUpperCase() + status.slice(1) : status;
}

/** PostgreSQL's text format of COPY: tabs between values, `\N` for NULL. */
export const copyText = (rows: Rows): string =>
  rows.map((row) => `${row.map((value) => (value === null ? '\\N' : String(value))).join('\t')}\n`).join('');
