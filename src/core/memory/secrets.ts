import { aadhaarHolds, chineseIdHolds, ibanHolds, luhnHolds, spanishIdHolds } from './checksums.ts';

/** What was found in a text that must not be kept, never the find itself. */
export type Sensitive = {
  readonly category: 'secret' | 'personal';
  /** What it looks like, for the refusal: "a password", "an e-mail address". */
  readonly looksLike: string;
};

type Pattern = Sensitive & {
  /** With the flag g: every match is tried. The group `value`, where there is one, is what `holds` sees. */
  readonly pattern: RegExp;
  /** What a pattern cannot say: a checksum, a placeholder. */
  readonly holds?: (value: string) => boolean;
};

/**
 * The first secret or piece of personal data in a text. A memory is quoted in answers and stays for a long time, so
 * credentials, and what identifies or locates a person, are refused rather than masked. Names are not: "Ana owns the
 * reports for Spain" is what a team wants remembered.
 */
export function findSensitive(text: string): Sensitive | undefined {
  const plain = text.normalize('NFKC');
  for (const { category, looksLike, pattern, holds = () => true } of patterns)
    for (const match of plain.matchAll(pattern))
      if (holds(match.groups?.value ?? match[0])) return { category, looksLike };
  return undefined;
}

const secret = (looksLike: string, pattern: RegExp, holds?: Pattern['holds']): Pattern => ({
  category: 'secret',
  looksLike,
  pattern,
  ...(holds === undefined ? {} : { holds }),
});
const personal = (looksLike: string, pattern: RegExp, holds?: Pattern['holds']): Pattern => ({
  ...secret(looksLike, pattern, holds),
  category: 'personal',
});

/** `***`, `${PASSWORD}`, `<your-key>`, `xxxx`: what people write instead of the value. */
const isPlaceholder = (value: string): boolean =>
  /^["'`]?(?:\*+|x+|\.+|•+|\$[{(\w].*|<.*|\{\{.*|%\w+%?|\[.*|your\b.*|(?:null|none|undefined|true|false|redacted|hidden|changeme|required|optional|encrypted|hashed|string|text)\b.*)$/i.test(
    value,
  ) || /x{6,}|example|placeholder|your[-_]/i.test(value);

/** Letters of both cases, two digits or more and no word: generated, not a name, a path or a constant. */
const looksRandom = (value: string): boolean =>
  !isPlaceholder(value) &&
  /[a-z]/.test(value) &&
  /[A-Z]/.test(value) &&
  !/[a-z]{6}/.test(value) &&
  (value.match(/\d/g)?.length ?? 0) >= 2;

/** Not a word: digits, or letters of both cases. */
const looksGenerated = (value: string): boolean =>
  !isPlaceholder(value) && (/\d/.test(value) || (/[a-z]/.test(value) && /[A-Z]/.test(value)));

const hasDigit = (value: string): boolean => /\d/.test(value);

const isPublicAddress = (value: string): boolean => {
  const parts = value.split('.').map(Number);
  const [a = 0, b = 0] = parts;
  const isLocal = a === 0 || a === 10 || a === 127 || (a === 192 && b === 168) || (a === 172 && b >= 16 && b < 32);
  return parts.every((part) => part <= 255) && !isLocal && a < 240;
};

const secrets: readonly Pattern[] = [
  secret('a private key', /-----BEGIN [A-Z ]*PRIVATE KEY|\bAGE-SECRET-KEY-1[0-9A-Z]{20,}|\bPuTTY-User-Key-File/g),
  // Vendors prefix their tokens so that they can be found. What follows has a digit; a word in its place has none.
  secret('an access token', /\b(?:xox[a-z]|xapp|xwfp)[-.](?<value>[\w.-]{10,})|\bsk-(?:[\w-]{20,})/g, looksGenerated),
  secret(
    'an access token',
    /\b(?:[a-z]{2,6}_(?:live|test|api|pat|prod)_|gh[opsur]_|github_pat_|glpat-|gl[a-z]{2,5}-|npm_|pypi-|hf_|dapi|dop_v1_|ntn_|secret_|whsec_|shp[a-z]{2}_|sq0[a-z]{3}-|hvs\.|ya29\.|AIza|figd_|rubygems_|dckr_pat_|tfp_|pul-|sbp_|SG\.|key-)(?<value>[\w.-]{16,})/g,
    looksGenerated,
  ),
  secret('an AWS access key', /\b(?:AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{16}\b/g, (value) => !value.endsWith('EXAMPLE')),
  secret('a signed token', /\beyJ[\w-]{8,}\.[\w-]{8,}(?:\.[\w-]*)?/g),
  secret('a bot token', /\b\d{8,10}:[\w-]{33,}|\b[\w-]{23,28}\.[\w-]{6,7}\.[\w-]{27,}/g),
  secret('a webhook address', /https:\/\/(?:hooks\.slack\.com\/\w+\/T|discord(?:app)?\.com\/api\/webhooks\/)\S{10,}/g),
  secret(
    'a password inside an address',
    /\b[a-z][a-z0-9+.-]*:\/\/[^\s:@/]*:(?<value>[^\s@/]+)@/gi,
    (value) => !isPlaceholder(value),
  ),
  secret(
    'a password',
    /(?:pass(?:word|wd|phrase|code)?|pwd|密码|口令)["']?\s*(?:[:=：]|是|为)\s*["']?(?<value>[^\s"',;，。]{4,})/gi,
    (value) => !isPlaceholder(value),
  ),
  secret(
    'a password',
    /\b(?:pass(?:word|phrase|code)|pwd)\s+(?:(?:for|to|of)\s+[^.!?]{1,40}?\s+)?(?:is|was)\s+["'`]?(?<value>[^\s"'`,]{4,})/gi,
    (value) => !isPlaceholder(value) && /[\d!@#$%^&*_+=~]/.test(value),
  ),
  // On a command line and in SQL.
  secret(
    'a password',
    /(?:(?<!\S)--?(?:password|passwd|pass|token|api-key)[= ]|\bidentified by\s+|\bpassword\s+(?=['"])|\bmysql\b.{0,60}? -p(?=\S)|\bcurl\b.{0,80}? (?:-u|--user) ?\S+:)["']?(?<value>[^\s"']{4,})/gi,
    (value) => !isPlaceholder(value),
  ),
  secret('a project key', /:\/\/[0-9a-f]{32}@/g),
  secret(
    'a key or token',
    /(?:^|[^a-z])(?:[\w-]*[_-])?(?:secret|token|api[_ -]?key|(?:access|private|secret|account|signing|encryption|auth)[_ -]?key|credentials?)(?:[_-](?:base|id))?["']?\s*(?:[:=：]|\bis\b|是|为)\s*["']?(?<value>[^\s"',;，。]{8,})/gi,
    (value) => hasDigit(value) && !/^[\d.,]+%?$/.test(value) && !isPlaceholder(value),
  ),
  secret('a credential', /\b(?:bearer|basic)\s+(?<value>[\w.~+/=-]{16,})/gi, hasDigit),
  secret(
    'a key or token',
    /(?<![\w/.+=-])(?<value>[A-Za-z0-9_+=-]{32,}|[A-Za-z0-9/+]{40}={0,2})(?![\w/.+=-])/g,
    looksRandom,
  ),
];

/** Words that announce an official number of a person, whatever the country's format is. */
const idWords =
  "ssn|sin|itin|nir|dni|nie|cpf|nhs|nino|bsn|pesel|aadhaar|pan|passport|social security|national (?:id|insurance)|tax (?:id|number)|driv(?:er'?s?|ing) licen[cs]e|identity card|身份证|护照|社保";

const personalData: readonly Pattern[] = [
  // Not the user part of an address (`//user@host`) and not `git@host:path`.
  personal('an e-mail address', /(?<![/\w])[\p{L}\p{N}._%+'-]+@(?:[\p{L}\p{N}-]+\.)+\p{L}{2,}(?![\w-]*:[\w/])/gu),
  personal(
    'an e-mail address',
    /\b[\w-]+(?:\s+(?:dot|\(dot\)|\[dot\])\s+[\w-]+)*\s+(?:at|\(at\)|\[at\])\s+[\w-]+\s+(?:dot|\(dot\)|\[dot\])\s+\w{2,}/gi,
  ),
  personal('a phone number', /(?<![\w.+])(?:\+|00)[1-9]\d{0,2}[ .()/-]{0,2}\d(?:[ .()/-]{0,2}\d){6,12}(?![\w%]|\.\d)/g),
  personal('a phone number', /(?<![\w.,-])(?:\(\d{3}\) ?|\d{3}[-. ])\d{3}[-. ]\d{4}(?![\w-]|\.\d)/g),
  personal('a phone number', /(?<![\w.,+-])0\d{1,4}[ /-]\d{3,4}[ -]?\d{3,5}(?![\w-]|\.\d)/g),
  personal('a phone number', /(?<![\w.,+-])1[3-9]\d[ -]?\d{4}[ -]?\d{4}(?![\w-]|\.\d)/g),
  personal('a phone number', /(?:\b(?:tel|phone|mobile|cell|fax)\b|电话|手机)[^\d\n]{0,12}\d(?:[ .()/-]?\d){6,14}/gi),
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
  personal('a bank account', /\b(?:BIC|SWIFT)\b\W{0,3}(?:code\W{0,3})?[A-Z]{6}[A-Z0-9]{2}(?:[A-Z0-9]{3})?\b/g),
  personal('a wallet address', /\b0x[0-9a-fA-F]{40}\b|\bbc1[a-z0-9]{25,60}\b/g),
  personal('a social security number', /(?<![\w-])(?!000|666|9)\d{3}-(?!00)\d{2}-(?!0000)\d{4}(?![\w-])/g),
  personal('a tax number', /(?<![\w-])9\d{2}-(?:5\d|6[0-5]|7\d|8[0-8]|9[0-24-9])-\d{4}(?![\w-])/g),
  personal('an identity number', /(?<!\w)(?:\d{8}|[XYZ]\d{7})-?[A-Z](?!\w)/g, spanishIdHolds),
  personal('an identity number', /(?<![\w.])\d{3}\.\d{3}\.\d{3}-\d{2}(?!\w)/g),
  personal('an identity number', /(?<![\w.,-])[2-9]\d{3} \d{4} \d{4}(?![\w-]|\.\d| \d)/g, aadhaarHolds),
  personal('an identity number', /(?<!\w)\d{17}[\dXx](?!\w)/g, chineseIdHolds),
  personal('an identity number', /(?<![\w-])[A-CEGHJ-PR-TW-Z]{2} ?\d{2} ?\d{2} ?\d{2} ?[A-D](?![\w-])/g),
  personal('an identity number', /(?<![\w-])[A-Z]{3}[ABCFGHLJPT][A-Z]\d{4}[A-Z](?![\w-])/g),
  personal(
    'an identity number',
    new RegExp(
      `(?:\\b(?:${idWords})\\b|身份证|护照|社保)[^\\d\\n]{0,16}?(?<value>[A-Z]{0,3}\\d(?:[ .-]?[A-Z0-9]){5,})`,
      'gi',
    ),
    (value) => (value.match(/\d/g)?.length ?? 0) >= 5,
  ),
  personal('a network address', /(?<![\w.])(?<!version )\d{1,3}(?:\.\d{1,3}){3}(?![\w]|\.\d)/gi, isPublicAddress),
  personal(
    'a network address',
    /(?<![\w:])(?:(?:[0-9a-f]{1,4}:){7}[0-9a-f]{1,4}|(?:[0-9a-f]{1,4}:){2,6}(?::[0-9a-f]{1,4}){1,5})(?![\w:])/gi,
  ),
  personal('a device address', /(?<![\w:-])[0-9a-f]{2}([:-])(?:[0-9a-f]{2}\1){4}[0-9a-f]{2}(?![\w:-])/gi),
  personal('a location', /(?<![\w.])-?\d{1,2}\.\d{5,}°?\s*[NS]?,\s*-?1?\d{1,2}\.\d{5,}(?![\w.])/g),
  personal(
    'a date of birth',
    /(?:\bborn\b|\bdob\b|\bbirth[ _-]?(?:day|date)\b|\bdate[ _-]of[ _-]birth\b|生日|出生)\D{0,12}(?:\d{4}[-/.年]\d{1,2}|\d{1,2}[-/. ](?:\d{1,2}|[a-z]{3,9})[-/. ]\d{2,4}|[a-z]{3,9} \d{1,2},? \d{4})/gi,
  ),
  personal(
    'a street address',
    /(?<!\w)\d{1,5}[a-z]? (?:(?:N|S|E|W)\.? )?(?:\p{Lu}[\p{L}'.]+ ){1,3}(?:Street|St|Avenue|Ave|Road|Rd|Terrace|Lane|Ln|Drive|Dr|Boulevard|Blvd|Court|Ct|Way|Place|Pl|Square|Sq)\b/gu,
  ),
  personal('a street address', /(?<!\p{L})\p{Lu}[\p{L}.-]*(?:straße|strasse|str\.|weg|platz|allee|gasse)\s\d{1,4}\b/gu),
  personal('a street address', /\p{Script=Han}{2,}(?:路|街|道|巷|弄)\s?\d+\s?号/gu),
  personal('a number plate', /(?<![\w-])[A-ZÄÖÜ]{1,3}-[A-Z]{1,2} \d{1,4}(?![\w-])/g),
];

const patterns: readonly Pattern[] = [...secrets, ...personalData];
