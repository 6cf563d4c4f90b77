import { date, days } from './calendar.ts';
import { type MarketingChannel, marketingChannels } from './customers.ts';
import type { Order } from './orders.ts';
import type { Random } from './random.ts';

type WebSessions = {
  readonly day: string;
  readonly marketingChannel: MarketingChannel;
  readonly device: string;
  readonly sessions: number;
  readonly carts: number;
  readonly purchases: number;
};

const devices = { desktop: 46, mobile: 46, tablet: 8 };
/** Visits that end in an order: by channel, then times the device's factor. */
const conversion: Readonly<Record<MarketingChannel, number>> = {
  direct: 0.034,
  'organic search': 0.026,
  'paid search': 0.021,
  social: 0.011,
  email: 0.045,
  referral: 0.029,
};
const deviceFactor: Readonly<Record<string, number>> = { desktop: 1.35, mobile: 0.72, tablet: 0.95 };

const keyOf = (day: string, channel: string, device: string): string => `${day}|${channel}|${device}`;

/** Web orders by day, channel and device: a customer mostly comes back the way they first came. */
function countPurchases(random: Random, orders: readonly Order[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const order of orders.filter(({ channel }) => channel === 'web')) {
    const channel = random.chance(0.7)
      ? order.customer.marketingChannel
      : random.pick(['direct', 'email', 'organic search']);
    const key = keyOf(date(order.orderedAt), channel, random.word(devices));
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return counts;
}

/** Daily visits of the web shop that fit its orders: one row per day, channel and device. */
export function createWebSessions(random: Random, orders: readonly Order[]): readonly WebSessions[] {
  const counts = countPurchases(random, orders);
  return days.map(date).flatMap((day) =>
    marketingChannels.flatMap((marketingChannel) =>
      Object.entries(devices).map(([device, share]): WebSessions => {
        const purchases = counts.get(keyOf(day, marketingChannel, device)) ?? 0;
        const rate = conversion[marketingChannel] * (deviceFactor[device] ?? 1);
        const sessions = Math.max(
          purchases * 4,
          Math.round(((purchases + share / 60) / rate) * (0.8 + random.next() * 0.4)),
        );
        const carts = Math.min(sessions, purchases + Math.round(sessions * (0.05 + random.next() * 0.04)));
        return { day, marketingChannel, device, sessions, carts, purchases };
      }),
    ),
  );
}
