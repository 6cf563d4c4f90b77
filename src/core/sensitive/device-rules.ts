import { luhnHolds } from './checksums.ts';
import { businessWords } from './national-numbers.ts';
import { type Rule, shape } from './rule.ts';

const personal = (looksLike: string, pattern: RegExp, holds?: (value: string, whole: string) => boolean): Rule =>
  shape('personal', looksLike, pattern, holds);

const isPublicAddress = (value: string): boolean => {
  const parts = value.split('.').map(Number);
  const [a = 0, b = 0] = parts;
  const isLocal = a === 0 || a === 10 || a === 127 || (a === 192 && b === 168) || (a === 172 && b >= 16 && b < 32);
  return parts.every((part) => part <= 255) && !isLocal && a < 240;
};

/** Two small decimal numbers are more often figures than a place off the coast of Africa. */
const isPlace = (value: string, whole: string): boolean =>
  (value.match(/\d+(?=\.)/g) ?? []).some((wholePart) => Number(wholePart) >= 10) && !ofThings.test(whole);

/** Where a shop or a map's tile lies is nobody's secret, and a model's coefficients are no place. */
const ofThings = new RegExp(
  `(?<!\\p{L})(?:${businessWords.map((word) => word.replace(/[.]/g, '\\.')).join('|')}|centroid|center|centre|tile|bounds|bbox|polygon|regression|coefficient|weight|loss|score|st_|airport|city)`,
  'iu',
);

const hex4 = '[0-9a-f]{1,4}';

/** What locates a person or their device. */
export const deviceRules: readonly Rule[] = [
  personal('a network address', /(?<![\w.])(?<!version )\d{1,3}(?:\.\d{1,3}){3}(?![\w]|\.\d)/gi, isPublicAddress),
  personal(
    'a network address',
    new RegExp(`(?<![\\w:])(?:(?:${hex4}:){7}${hex4}|(?:${hex4}:){2,6}(?::${hex4}){1,5})(?![\\w:])`, 'gi'),
  ),
  personal('a device address', /(?<![\w:-])[0-9a-f]{2}([:-])(?:[0-9a-f]{2}\1){4}[0-9a-f]{2}(?![\w:-])/gi),
  personal(
    'a device number',
    /\b(?:IMEI|ICCID|IMSI|MEID)\b\W{0,3}(?:(?:no|number|is)\b\W{0,3})?(?<value>\d{14,20})\b/gi,
  ),
  personal('a device number', /(?<![\w.,-])(?:01|35|86|99)\d{13}(?![\w-]|\.\d)/g, luhnHolds),
  personal(
    'a device number',
    /\b(?:IDFA|GAID|AAID|IDFV|ad(?:vertising)? id|device id)\b.{0,30}?[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/gi,
  ),
  personal('a location', /(?<![\w.])-?\d{1,2}\.\d{5,}°?\s*[NS]?,\s*-?1?\d{1,2}\.\d{5,}(?![\w.])/g, isPlace),
  personal(
    'a location',
    /\blat(?:itude)?\W{1,4}-?\d{1,2}\.\d{3,}.{1,12}\blon(?:g|gitude)?\W{1,4}-?1?\d{1,2}\.\d{3,}/gi,
  ),
  personal('a location', /\d{1,2}\s?°\s?\d{1,2}\s?['′’]\s?(?:\d{1,2}(?:\.\d+)?\s?["″”])?\s?[NSOEW]/g),
  personal('a location', /(?<![\w.])\d{1,2}\.\d{3,}\s?°\s?[NS],?\s*\d{1,3}\.\d{3,}\s?°\s?[EWO]/g),
];
