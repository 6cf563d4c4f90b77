import { at, closingTime, dayMs, days, demandOn, hourMs, onlineHours, within } from './calendar.ts';
import type { Customer } from './customers.ts';
import { courierStrike, recallDay, supportOverrun } from './incidents.ts';
import type { Order } from './orders.ts';
import type { Random } from './random.ts';
import type { Refund } from './refunds.ts';

type Ticket = {
  readonly id: number;
  readonly customerId: number;
  readonly orderId: number | null;
  readonly topic: string;
  readonly priority: string;
  readonly openedAt: number;
  readonly firstReplyAt: number | null;
  readonly closedAt: number | null;
  readonly satisfaction: number | null;
};

/** Orders that lead to a ticket: in ordinary times, and when the parcel is late because of the strike. */
const ticketShare = 0.09;
const lateTicketShare = 0.35;
const orderTopics: Readonly<Record<string, number>> = { delivery: 44, return: 24, 'product question': 20, payment: 12 };
const priorities: Readonly<Record<string, number>> = { low: 22, normal: 56, high: 17, urgent: 5 };
/** Typical hours to the first reply. */
const replyHours: Readonly<Record<string, number>> = { low: 20, normal: 10, high: 4, urgent: 1.5 };

/** Ratings from 1, bad, to 5. */
const goodMood = { 1: 4, 2: 7, 3: 16, 4: 36, 5: 37 };
const badMood = { 1: 26, 2: 26, 3: 24, 4: 16, 5: 8 };

type Request = {
  readonly customerId: number;
  readonly orderId: number | null;
  readonly topic: string;
  readonly openedAt: number;
};

const openingTime = (random: Random, day: number): number =>
  day + random.weighted(onlineHours) * hourMs + random.integer(0, 3_599) * 1_000;

const overrun = (time: number): boolean => supportOverrun.some((days) => within(time, ...days));

function requestsOf(random: Random, order: Order): readonly Request[] {
  const late = order.channel !== 'store' && within(order.orderedAt, ...courierStrike);
  if (!random.chance(late ? lateTicketShare : ticketShare)) return [];
  const topic = late ? 'delivery' : random.word(orderTopics);
  const openedAt = openingTime(random, Math.floor(order.orderedAt / dayMs) * dayMs + random.integer(1, 9) * dayMs);
  return [{ customerId: order.customer.id, orderId: order.id, topic, openedAt }];
}

/** Two of three customers with a recalled product write in, most of them before they get their money. */
function recallRequests(
  random: Random,
  orders: ReadonlyMap<number, Order>,
  refunds: readonly Refund[],
): readonly Request[] {
  return refunds.flatMap(({ orderId, reason, refundedAt }): readonly Request[] => {
    const order = orders.get(orderId);
    if (reason !== 'recall' || order === undefined || !random.chance(0.66)) return [];
    const day = Math.max(at(recallDay), Math.floor(refundedAt / dayMs - random.integer(0, 5)) * dayMs);
    return [{ customerId: order.customer.id, orderId, topic: 'recall', openedAt: openingTime(random, day) }];
  });
}

function accountRequests(random: Random, customers: readonly Customer[]): readonly Request[] {
  return days.flatMap((day) => {
    const known = customers.filter(({ createdAt }) => createdAt < day);
    return Array.from({ length: random.poisson(0.45 * demandOn(day)) }, () => ({
      customerId: random.pick(known).id,
      orderId: null,
      topic: 'account',
      openedAt: openingTime(random, day),
    }));
  });
}

function handle(random: Random, request: Request, id: number): Ticket {
  const priority = request.topic === 'recall' ? random.pick(['high', 'urgent']) : random.word(priorities);
  const busy = overrun(request.openedAt);
  const hours = (replyHours[priority] ?? 10) * (0.2 + random.next() * 1.8) * (busy ? 3.5 : 1);
  const repliedAt = request.openedAt + Math.round(hours * 3_600) * 1_000;
  const closedAt = repliedAt + Math.round(random.next() ** 2 * 120 * 3_600) * 1_000;
  // A few were put aside and are open to this day.
  const closed = closedAt <= closingTime && !random.chance(request.openedAt > at('2026-09-15') ? 0.12 : 0.002);
  return {
    id,
    ...request,
    priority,
    firstReplyAt: repliedAt <= closingTime ? repliedAt : null,
    closedAt: closed ? closedAt : null,
    satisfaction: closed && random.chance(0.58) ? Number(random.word(busy ? badMood : goodMood)) : null,
  };
}

/** Support tickets up to "today", oldest first. */
export function createTickets(
  random: Random,
  customers: readonly Customer[],
  orders: readonly Order[],
  refunds: readonly Refund[],
): readonly Ticket[] {
  const byId = new Map(orders.map((order) => [order.id, order]));
  return [
    ...orders.flatMap((order) => requestsOf(random, order)),
    ...recallRequests(random, byId, refunds),
    ...accountRequests(random, customers),
  ]
    .filter(({ openedAt }) => openedAt <= closingTime)
    .sort((a, b) => a.openedAt - b.openedAt)
    .map((request, index) => handle(random, request, index + 1));
}
