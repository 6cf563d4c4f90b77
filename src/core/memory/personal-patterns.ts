import { aadhaarHolds, chineseIdHolds, germanTaxIdHolds, ibanHolds, luhnHolds, spanishIdHolds } from './checksums.ts';
import { digitsIn, type SensitivePattern, shape } from './sensitive-pattern.ts';

const personal = (looksLike: string, pattern: RegExp, holds?: SensitivePattern['holds']): SensitivePattern =>
  shape('personal', looksLike, pattern, holds);

/** Between a label and its value: "no.", "is", a colon, quotes. Another word would make it a sentence about something else. */
const link = String.raw`(?:["'\s:：=#.]|number\b|no\b|nr\b|id\b|code\b|is\b|was\b|at\b|on\b|am\b|le\b|in\b|号码|号|是|为|于)*`;

const between = (least: number, most: number) => (value: string) => digitsIn(value) >= least && digitsIn(value) <= most;

/** "250 500 1000" are steps, not an area code with a number. */
const isNoScale = (value: string): boolean =>
  !value
    .split(/[-. ()]+/)
    .filter(Boolean)
    .every((group) => group.endsWith('0'));

const phones: readonly SensitivePattern[] = [
  personal('a phone number', /(?<![\w.+])(?:\+|00)[1-9]\d{0,2}[ .()/-]{0,2}\d(?:[ .()/-]{0,2}\d){6,12}(?![\w%]|\.\d)/g),
  personal(
    'a phone number',
    /(?<![\w.,-])(?:\([2-9]\d{2}\) ?|[2-9]\d{2}[-. ])[2-9]\d{2}[-. ]\d{4}(?![\w-]|\.\d)/g,
    isNoScale,
  ),
  // With the zero of the trunk, in groups; dates have eight digits.
  personal('a phone number', /(?<![\w.,+-])0[1-9]\d{0,3}(?:[ ./-]\d{2,8}){1,4}(?![\w-]|\.\d)/g, between(9, 12)),
  personal(
    'a phone number',
    /(?<![\w.,+-])(?:\d[ -])?\(\d{2,5}\)[ -]?\d{2,5}(?:[ -]\d{2,4}){1,3}(?![\w-]|\.\d)/g,
    between(9, 12),
  ),
  personal('a phone number', /(?<![\w.,+-])1[3-9]\d[ -]?\d{4}[ -]?\d{4}(?![\w-]|\.\d)/g),
  personal(
    'a phone number',
    new RegExp(
      `(?:\\b(?:tel|telephone|phone|mobile|cell|fax|whatsapp|(?:my|his|her|their) number)\\b|电话|手机|座机)${link}\\d(?:[ .()/-]?\\d){6,14}`,
      'gi',
    ),
  ),
];

const emails: readonly SensitivePattern[] = [
  // Not the user part of an address (`//user@host`) and not `git@host:path`.
  personal(
    'an e-mail address',
    /(?<![/\w])[\p{L}\p{N}._%+'-]{1,64}@(?:[\p{L}\p{N}-]{1,63}\.)+\p{L}{2,}(?![\w-]*:[\w/])/gu,
  ),
  personal(
    'an e-mail address',
    /\b[\w-]{1,64}(?:\s+(?:dot|\(dot\)|\[dot\])\s+[\w-]+)*\s+(?:at|\(at\)|\[at\])\s+[\w-]+\s+(?:dot|\(dot\)|\[dot\])\s+\w{2,}/gi,
  ),
  personal(
    'an e-mail address',
    /[\w.+-]{1,64}\s*[[({<]\s*(?:at|@)\s*[\])}>]\s*[\w-]+(?:\s*(?:\.|[[({<]\s*dot\s*[\])}>]|\bdot\b)\s*\w{2,})+/gi,
  ),
];

const accounts: readonly SensitivePattern[] = [
  personal(
    'a card number',
    /(?<![\w.,-])[2-6]\d{3}(?:[ -]?\d){10,15}(?![\w-]|\.\d)/g,
    (value) => /^(?:4|5[1-5]|2[2-7]|3[04-9]|6(?:011|2|4|5))/.test(value) && luhnHolds(value),
  ),
  personal('a bank account', /(?<!\w)[a-z]{2}\d{2}(?: ?[a-z0-9]){11,30}(?!\w)/gi, ibanHolds),
  personal(
    'a bank account',
    /(?:\b(?:account|acct|routing|sort code)\b|账号|卡号)\s*(?:no\.?|number|#|:|：|is|是)?\s*\d(?:[ -]?\d){7,}/gi,
  ),
  personal('a bank account', /\bsort code\W{0,3}\d{2}-\d{2}-\d{2}\b/gi),
  personal('a bank account', /\b(?:BIC|SWIFT)\b\W{0,3}(?:code\W{0,3})?[A-Z]{6}[A-Z0-9]{2}(?:[A-Z0-9]{3})?\b/g),
  personal('a wallet address', /\b0x[0-9a-fA-F]{40}\b|\bbc1[a-z0-9]{25,60}\b/g),
];

/** Words that announce an official number of a person, whatever the country's format is. */
const idWords =
  "ssn|sin|itin|nir|dni|nie|cpf|nhs|nino|bsn|pesel|tfn|aadhaar|pan|passport|personnummer|codice fiscale|steuer(?:-?id\\w*|identifikationsnummer|nummer)|social security|national (?:id|insurance)|tax (?:id|number|file)|driv(?:er'?s?|ing) licen[cs]e|identity card|imei";

/** Year, month and day of birth at the front. */
const beginsWithDate = (value: string): boolean => /^\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])/.test(value);

const identities: readonly SensitivePattern[] = [
  personal('a social security number', /(?<![\w-])(?!000|666|9)\d{3}-(?!00)\d{2}-(?!0000)\d{4}(?![\w-])/g),
  personal('a tax number', /(?<![\w-])9\d{2}-(?:5\d|6[0-5]|7\d|8[0-8]|9[0-24-9])-\d{4}(?![\w-])/g),
  personal('a tax number', /(?<![\w.,-])[1-9]\d(?: ?\d{3}){3}(?![\w-]|[.,]\d)/g, germanTaxIdHolds),
  personal('an identity number', /(?<!\w)(?:\d{8}|[XYZ]\d{7})-?[A-Z](?!\w)/g, spanishIdHolds),
  personal('an identity number', /(?<![\w.])\d{3}\.\d{3}\.\d{3}-\d{2}(?!\w)/g),
  personal('an identity number', /(?<![\w.,-])[2-9]\d{3} \d{4} \d{4}(?![\w-]|\.\d| \d)/g, aadhaarHolds),
  personal('an identity number', /(?<!\w)\d{17}[\dXx](?!\w)/g, chineseIdHolds),
  personal('an identity number', /(?<![\w-])\d{6}-[1-8]\d{6}(?![\w-])/g, beginsWithDate),
  personal('an identity number', /(?<![\w-])[12] ?\d{2} ?(?:0[1-9]|1[0-2]) ?\d{2} \d{3} \d{3}(?: \d{2})?(?![\w-])/g),
  personal('an identity number', /(?<!\w)[A-Z]{6}\d{2}[A-EHLMPRST]\d{2}[A-Z]\d{3}[A-Z](?!\w)/g),
  personal('an identity number', /(?<![\w-])[A-CEGHJ-PR-TW-Z]{2} ?\d{2} ?\d{2} ?\d{2} ?[A-D](?![\w-])/g),
  personal('an identity number', /(?<![\w-])[A-Z]{3}[ABCFGHLJPT][A-Z]\d{4}[A-Z](?![\w-])/g),
  personal(
    'an identity number',
    new RegExp(`(?:\\b(?:${idWords})\\b|身份证|护照|社保)${link}(?<value>[A-Z]{0,3}\\d(?:[ .-]?[A-Z0-9]){5,})`, 'gi'),
    (value) => digitsIn(value) >= 5,
  ),
  personal('a number plate', /(?<![\w-])[A-ZÄÖÜ]{1,3}-[A-Z]{1,2} \d{1,4}(?![\w-])/g),
  personal(
    'a number plate',
    /[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼]\s?[A-Z][·\s]?[A-Z0-9]{5,6}(?!\w)/g,
  ),
];

const isPublicAddress = (value: string): boolean => {
  const parts = value.split('.').map(Number);
  const [a = 0, b = 0] = parts;
  const isLocal = a === 0 || a === 10 || a === 127 || (a === 192 && b === 168) || (a === 172 && b >= 16 && b < 32);
  return parts.every((part) => part <= 255) && !isLocal && a < 240;
};

/** Two small decimal numbers are more often figures than a place off the coast of Africa. */
const isPlace = (value: string): boolean => (value.match(/\d+(?=\.)/g) ?? []).some((whole) => Number(whole) >= 10);

/** What an English street ends with. Those that are verbs and common words too must end the address's first line. */
const streets = 'Street|Avenue|Ave|Road|Rd|Terrace|Lane|Ln|Boulevard|Blvd|Parkway|Pkwy|Crescent|Highway|Hwy|Mews';
const shortStreets = 'St|Drive|Dr|Court|Ct|Way|Place|Pl|Square|Sq|Close|Circle|Row';

const places: readonly SensitivePattern[] = [
  personal('a network address', /(?<![\w.])(?<!version )\d{1,3}(?:\.\d{1,3}){3}(?![\w]|\.\d)/gi, isPublicAddress),
  personal(
    'a network address',
    /(?<![\w:])(?:(?:[0-9a-f]{1,4}:){7}[0-9a-f]{1,4}|(?:[0-9a-f]{1,4}:){2,6}(?::[0-9a-f]{1,4}){1,5})(?![\w:])/gi,
  ),
  personal('a device address', /(?<![\w:-])[0-9a-f]{2}([:-])(?:[0-9a-f]{2}\1){4}[0-9a-f]{2}(?![\w:-])/gi),
  personal('a location', /(?<![\w.])-?\d{1,2}\.\d{5,}°?\s*[NS]?,\s*-?1?\d{1,2}\.\d{5,}(?![\w.])/g, isPlace),
  personal(
    'a location',
    /\blat(?:itude)?\W{1,4}-?\d{1,2}\.\d{3,}.{1,12}\blon(?:g|gitude)?\W{1,4}-?1?\d{1,2}\.\d{3,}/gi,
  ),
  personal(
    'a street address',
    new RegExp(
      `(?<!\\w)\\d{1,5}[a-z]? (?:[NSEW]\\.? )?(?:\\p{Lu}[\\p{L}'.]+ ){1,3}(?:(?:${streets})\\b|(?:${shortStreets})(?=\\.?\\s*(?:$|[,;\\n)]|\\d{4,})))`,
      'gmu',
    ),
  ),
  personal('a street address', /(?<!\w)\d{1,5}[A-Z] \p{Lu}[\p{L}'.]+ (?:Street|Road|Avenue|Lane)\b/gu),
  personal(
    'a street address',
    /(?<!\p{L})\p{Lu}[\p{L}.-]{0,40}(?:straße|strasse|str\.|weg|platz|allee|gasse)\s\d{1,4}\b/gu,
  ),
  personal(
    'a street address',
    /(?<!\w)\d{1,4}(?: bis| ter)?,? (?:rue|avenue|boulevard|place|chemin|quai|impasse) (?:d[eu]s? |de la |l'|d')?\p{Lu}|(?<!\p{L})(?:Calle|Via|Viale|Piazza|Rua|Avenida|Plaza|Ulica|ul\.) (?:\p{L}+ ){0,4}\p{Lu}\p{L}+,? \d{1,4}\b/gu,
  ),
  // A name with a house number, then postcode and town: so addresses are written between Amsterdam and Rome.
  personal('a street address', /\p{Lu}[\p{L}.' -]{2,40} \d{1,4}[a-z]?, (?:[A-Z]{1,2}-)?\d{4,5}(?: [A-Z]{2})? \p{Lu}/gu),
  personal('a street address', /\bP\.? ?O\.? ?Box \d+/gi),
  personal('a street address', /\p{Script=Han}{2,20}(?:路|街|道|巷|弄|胡同)\s?\d+\s?[号弄]/gu),
  personal('a street address', /\p{Script=Han}{2,20}\s?\d+\s?(?:号楼|栋|幢|单元)(?:\s?\d+\s?(?:室|号|单元))?/gu),
];

const months = '[a-z]{3,9}\\.? \\d{1,2}(?:st|nd|rd|th)?,? \\d{4}';
const dates = `(?:\\d{4}[-/.年]\\s?\\d{1,2}|\\d{1,2}(?:st|nd|rd|th)?[-/. ]{1,2}(?:\\d{1,2}|[a-z]{3,9})[-/. ]\\d{2,4}|${months})`;

/** A field of a person's record, in which the name of a product or a campaign does not stand. */
const nameFields =
  '(?:(?:customer|client|patient|contact|recipient|employee|applicant|cardholder|card holder|account holder|full|user)(?: |_)?name|patient|contact person|recipient|card ?holder)';

const persons: readonly SensitivePattern[] = [
  personal(
    'a date of birth',
    new RegExp(
      `(?:\\b(?:born|dob|birth[ _-]?(?:day|date)|date[ _-]of[ _-]birth|geboren|geb\\.|n[ée]e? le|nacid[oa])|生日|出生(?:日期|于)?|生于)${link}${dates}`,
      'gi',
    ),
  ),
  personal(
    'the name of a person',
    new RegExp(`\\b${nameFields}["']?\\s*[:=：]\\s*["']?\\p{Lu}\\p{Ll}+[ -]\\p{Lu}\\p{Ll}+`, 'gu'),
  ),
  personal('the name of a person', /\b(?:first|last|given|family|sur)[ _]?name["']?\s*[:=：]\s*["']?\p{Lu}\p{Ll}+/giu),
  personal(
    'the name of a person',
    /(?:姓名|收件人|收货人|联系人|持卡人|患者)\s*(?:[:：=]|是|为)\s*\p{Script=Han}{2,4}(?!\p{Script=Han})/gu,
  ),
  personal('the name of a person', /\bDear (?:Mr|Mrs|Ms|Miss|Dr)\.? \p{Lu}\p{Ll}+/gu),
];

/** What identifies or locates a person. */
export const personalPatterns: readonly SensitivePattern[] = [
  ...emails,
  ...phones,
  ...accounts,
  ...identities,
  ...places,
  ...persons,
];
