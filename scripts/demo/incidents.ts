/** What went wrong in the two years, so that charts have something to show. Days, both included. */
type Days = readonly [from: string, to: string];

/** A broken release of the app, in which hardly an order came through it. */
export const appOutage: Days = ['2026-03-09', '2026-03-15'];

/** A strike of the couriers: parcels ordered in these days took a week longer. */
export const courierStrike: Days = ['2026-06-08', '2026-06-21'];

/** A kettle with a faulty base, pushed by a campaign in `faultyLot`, called back on `recallDay`. */
export const recalledProduct = 'Ember Kettle';
export const faultyLot: Days = ['2025-11-10', '2026-01-25'];
export const recallDay = '2026-02-02';

/** Support could not keep up after the recall and in the strike. */
export const supportOverrun: readonly Days[] = [
  [recallDay, '2026-02-15'],
  ['2026-06-11', '2026-06-28'],
];
