import { cents, chooseItems, type Item, withCorrection } from './basket.ts';
import { closingTime, dayMs, days, demandOn, hourMs, onlineHours, staffedHours, within } from './calendar.ts';
import type { Customer, Segment } from './customers.ts';
import { appOutage, courierStrike } from './incidents.ts';
import type { Product } from './products.ts';
import type { Random } from './random.ts';

type SalesChannel = 'web' | 'app' | 'store' | 'phone';
type Status = 'paid' | 'shipped' | 'delivered' | 'returned' | 'cancelled';

export type Order = {
  readonly id: number;
  readonly customer: Customer;
  readonly status: Status;
  readonly channel: SalesChannel;
  readonly paymentMethod: string;
  readonly orderedAt: number;
  readonly shippedAt: number | null;
  readonly deliveredAt: number | null;
  readonly items: readonly Item[];
  /** Sum of the items. */
  readonly subtotal: number;
  readonly discount: number;
  readonly shippingFee: number;
};

/** In the first year, besides first orders. */
const ordersOnAnAverageDay = 22.9;
const firstOrderId = 100_001;

const channels: Readonly<Record<Segment, Readonly<Record<SalesChannel, number>>>> = {
  consumer: { web: 52, app: 27, store: 19, phone: 2 },
  business: { web: 56, app: 6, store: 14, phone: 24 },
  hospitality: { web: 40, app: 2, store: 8, phone: 50 },
};
const payments: Readonly<Record<Segment, Readonly<Record<string, number>>>> = {
  consumer: { card: 50, paypal: 38, invoice: 9, 'bank transfer': 3 },
  business: { invoice: 62, card: 24, 'bank transfer': 14 },
  hospitality: { invoice: 80, 'bank transfer': 20 },
};

/** Chooses who orders next of those who have joined: recent joiners and loyal customers more often. */
function chooseCustomer(random: Random, joined: readonly Customer[], time: number): Customer {
  for (;;) {
    const customer = random.pick(joined);
    const yearsSince = (time - customer.createdAt) / (365 * dayMs);
    const willing = customer.loyalty * 0.6 ** yearsSince + 0.02 * Math.sign(customer.loyalty);
    if (random.chance(Math.min(1, willing))) return customer;
  }
}

/** Discounts: black week for everyone, a rate for firms, vouchers now and then. */
function discountRate(random: Random, segment: Segment, time: number): number {
  const monthDay = new Date(time).toISOString().slice(5, 10);
  if (monthDay >= '11-24' && monthDay <= '12-01') return random.pick([0.15, 0.2, 0.25]);
  if (segment !== 'consumer') return random.chance(0.5) ? 0.08 : 0;
  return random.chance(0.16) ? random.pick([0.05, 0.1, 0.15]) : 0;
}

type Journey = Pick<Order, 'status' | 'shippedAt' | 'deliveredAt'>;

/** What has become of an order by "today". */
function journeyOf(random: Random, channel: SalesChannel, time: number): Journey {
  const cancelled = random.chance(channel === 'phone' ? 0.06 : 0.035);
  if (cancelled) return { status: 'cancelled', shippedAt: null, deliveredAt: null };
  if (channel === 'store')
    return { status: random.chance(0.012) ? 'returned' : 'delivered', shippedAt: time, deliveredAt: time };
  const strike = within(time, ...courierStrike) ? 7 * dayMs : 0;
  const shippedAt = time + random.integer(8, 52) * hourMs;
  const deliveredAt = shippedAt + random.integer(26, 98) * hourMs + strike;
  if (shippedAt > closingTime) return { status: 'paid', shippedAt: null, deliveredAt: null };
  if (deliveredAt > closingTime) return { status: 'shipped', shippedAt, deliveredAt: null };
  return { status: random.chance(strike > 0 ? 0.05 : 0.025) ? 'returned' : 'delivered', shippedAt, deliveredAt };
}

type Moment = { readonly customer: Customer; readonly time: number };

/** Who orders when: the first order soon after joining for most, then as demand has it. */
function moments(random: Random, customers: readonly Customer[]): readonly Moment[] {
  const start = days[0] ?? 0;
  const first = customers
    .filter((customer) => customer.createdAt >= start && customer.loyalty > 0 && random.chance(0.75))
    .map((customer) => ({ customer, time: customer.createdAt + random.integer(3, 60) * 60_000 }));
  const later = days.flatMap((day) => {
    const joined = customers.filter(({ createdAt }) => createdAt < day);
    const orders = random.poisson(ordersOnAnAverageDay * demandOn(day));
    return Array.from({ length: orders }, () => ({ customer: chooseCustomer(random, joined, day), time: day }));
  });
  return [...first, ...later];
}

/** About 25,000 orders with their items, oldest first. */
export function createOrders(
  random: Random,
  customers: readonly Customer[],
  products: readonly Product[],
): readonly Order[] {
  return moments(random, customers)
    .map(({ customer, time }) => ({ customer, ...placeOrder(random, customer, time) }))
    .filter(({ channel, time }) => !(channel === 'app' && within(time, ...appOutage) && random.chance(0.9)))
    .sort((a, b) => a.time - b.time)
    .map(({ customer, channel, time }, index): Order => {
      const items = withCorrection(firstOrderId + index, chooseItems(random, products, customer.segment, time));
      const subtotal = cents(items.reduce((sum, { quantity, unitPrice }) => sum + quantity * unitPrice, 0));
      const online = channel === 'web' || channel === 'app';
      return {
        id: firstOrderId + index,
        customer,
        channel,
        orderedAt: time,
        ...journeyOf(random, channel, time),
        paymentMethod:
          channel === 'store' ? random.pick(['card', 'card', 'paypal']) : random.word(payments[customer.segment]),
        items,
        subtotal,
        discount: cents(subtotal * discountRate(random, customer.segment, time)),
        shippingFee: online && subtotal < 80 ? (customer.country === 'Germany' ? 4.9 : 9.9) : 0,
      };
    });
}

/** A first order has its moment already; any other gets an hour that suits its channel. */
function placeOrder(random: Random, customer: Customer, time: number): { channel: SalesChannel; time: number } {
  const channel = random.word(channels[customer.segment]);
  const hasHour = time % dayMs !== 0;
  const inTheDay =
    random.weighted(channel === 'store' || channel === 'phone' ? staffedHours : onlineHours) * hourMs +
    random.integer(0, 3_599) * 1_000;
  return { channel: hasHour ? 'web' : channel, time: Math.min(hasHour ? time : time + inTheDay, closingTime) };
}
