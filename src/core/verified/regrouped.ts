import type { Locale } from '../base/namespace.ts';
import { isHan } from '../language/tokens.ts';
import { periodAfter } from './askable.ts';
import type { Phrasing } from './phrasing.ts';
import type { BoundParameters } from './verified-match.ts';

const lead = /^(?:(?:and|then|now|ok|show|show it|break it down|split it|split)\b[\s,]*|那么|那|再|换成|改成)+/iu;
const grouping = /^(?:by|per|for each|split by|broken down by|grouped by)\s+\p{L}|^(?:按|各)/iu;

/** The grouping of a follow-up that names nothing else, such as "by device". Undefined for other questions. */
export function groupingIn(question: string): string | undefined {
  const said = question
    .trim()
    .replace(lead, '')
    .replace(/[?？。.!]+$/u, '')
    .trim();
  return grouping.test(said) ? said : undefined;
}

/** The question before with the new grouping, as a full question. The period comes last, in Chinese first. */
export function regroupedTexts(
  phrasing: Phrasing,
  grouped: string,
  parameters: BoundParameters,
  locale: Locale,
): readonly string[] {
  const zh = locale === 'zh';
  if (phrasing.han !== zh || isHan(grouped) !== zh) return [];
  const periods = Object.values(parameters).flatMap(({ type, display }) => (type === 'period' ? [display] : []));
  const [period = '', ...more] = periods;
  if (more.length > 0) return [];
  const filled = phrasing.text
    .replace(/\{([^{}]+)\}/gu, (_, name: string) => {
      const one = parameters[name];
      return one === undefined || one.type === 'period' ? ' ' : one.display;
    })
    .replace(/[?？]/gu, ' ');
  const what = filled.replace(/\s+/gu, zh ? '' : ' ').trim();
  if (zh) return [`${period}${grouped}${what}`, `${period}${what}${grouped}`];
  return (period === '' ? [''] : periodAfter(grouped, period)).map((when) => `${what} ${grouped} ${when}`.trim());
}
