import { add, monthOf, startOf, type Unit, yearOf } from '../../../src/core/language/calendar.ts';
import type { Chance } from '../../../test/support/oracle/chance.ts';

export type Period = { readonly en: string; readonly zh: string };

const months = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];

/** How people name the unit that begins on a day; undefined where there is no short way. */
export function nameOf(first: string, unit: Unit): Period | undefined {
  const [year, month] = [yearOf(first), monthOf(first)];
  if (unit === 'year') return { en: `in ${year}`, zh: `${year}年` };
  if (unit === 'month') return { en: `in ${months[month - 1]} ${year}`, zh: `${year}年${month}月` };
  if (unit === 'quarter')
    return { en: `in Q${(month + 2) / 3} ${year}`, zh: `${year}年第${['一', '二', '三', '四'][(month - 1) / 3]}季度` };
  if (unit === 'day')
    return {
      en: `on ${Number(first.slice(8))} ${months[month - 1]} ${year}`,
      zh: `${year}年${month}月${Number(first.slice(8))}日`,
    };
  return undefined;
}

/** A period in which there may be rows, near the day on which the data end. */
export function randomPeriod(today: string, chance: Chance): Period {
  const unit = chance.one(['year', 'year', 'month', 'quarter'] as const);
  const first = startOf(add(today, -chance.below(unit === 'year' ? 4 : 14), unit), unit);
  const relative: readonly Period[] = [
    { en: 'last year', zh: '去年' },
    { en: 'this year', zh: '今年' },
    { en: 'last month', zh: '上个月' },
    { en: 'last quarter', zh: '上个季度' },
    { en: 'last 30 days', zh: '最近30天' },
  ];
  return chance.percent(30) ? chance.one(relative) : (nameOf(first, unit) ?? chance.one(relative));
}
