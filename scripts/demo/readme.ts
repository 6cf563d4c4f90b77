import { firstDay, today } from './calendar.ts';
import { appOutage, courierStrike, faultyLot, recallDay, recalledProduct } from './incidents.ts';

const thousands = new Intl.NumberFormat('en-GB');

const tableOf = (counts: ReadonlyMap<string, number>): string =>
  [...counts].map(([table, rows]) => `| \`${table}\` | ${thousands.format(rows)} |`).join('\n');

/** `demo/README.md`: what is in the shop, what happened there, how it was made. */
export const describeShop = (counts: ReadonlyMap<string, number>, megabytes: string): string => `# The demo shop
Kiln & Cedar sells home goods online. The shop, its customers and its figures are invented; its rows are made by
\`npm run demo:generate\` from a fixed seed, so that everybody sees the same numbers. To change rows, change \`scripts/demo/\`.

| file | |
|---|---|
| \`shop.tar.gz\` | a PostgreSQL data directory for PGlite (${megabytes} MB), opened by \`loadDataDir\` in about half a second |
| \`source.yaml\` | name, description, and the day that counts as "today": ${today} |
| \`shop.verified.yaml\` | questions with SQL that a person vouches for, written by hand |

## Rows
From ${firstDay} to ${today}, two whole years.

| table | rows |
|---|---|
${tableOf(counts)}
| together | ${thousands.format([...counts.values()].reduce((sum, rows) => sum + rows, 0))} |

Two views say what revenue is: \`sales\` (one row per order) and \`sale_lines\` (one row per order line). Net revenue = goods
at the prices charged − discounts − refunds, in EUR without VAT and shipping, cancelled orders left out, counted on the
day of the order. Every table and column has a comment in the database.

## What happened
- Growth of about a quarter a year, busy Sundays and Mondays, a fourth quarter that carries the year, black-week discounts.
- ${appOutage[0]} to ${appOutage[1]}: a broken release of the app; hardly an order came through it.
- ${recallDay}: recall of the ${recalledProduct}, sold with a faulty base from ${faultyLot[0]} to ${faultyLot[1]}; refunds and a wave of tickets follow.
- ${courierStrike[0]} to ${courierStrike[1]}: a strike of the couriers; late parcels, late replies, low satisfaction.

## Dirty on purpose
- Cities that are unknown (NULL) or end in blanks.
- Order statuses in other letter case (\`Delivered\`, \`SHIPPED\`).
- Three customers who registered twice, with their e-mail address in capitals.
- A few order lines with a negative quantity, which correct an earlier line.

## Licence
MIT, like the rest of this repository. E-mail addresses end in \`.example\` and reach nobody.
`;
