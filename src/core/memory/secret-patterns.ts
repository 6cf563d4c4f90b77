import { isGenerated, isMixed, isPlaceholder, looksGenerated, looksLikePassword } from './generated.ts';
import { type SensitivePattern, shape } from './sensitive-pattern.ts';

const secret = (looksLike: string, pattern: RegExp, holds?: SensitivePattern['holds']): SensitivePattern =>
  shape('secret', looksLike, pattern, holds);

const isGiven = (value: string): boolean => !isPlaceholder(value);

/** Keys that say by their form what they are. */
const byForm: readonly SensitivePattern[] = [
  secret('a private key', /-----BEGIN [A-Z ]*PRIVATE KEY|\bAGE-SECRET-KEY-1[0-9A-Z]{20,}|\bPuTTY-User-Key-File/g),
  // Vendors prefix their tokens so that they can be found. What follows is generated; a word in its place is not.
  secret('an access token', /\b(?:xox[a-z]|xapp|xwfp)[-.](?<value>[\w.-]{10,})|\bsk-(?:[\w-]{20,})/g, looksGenerated),
  secret(
    'an access token',
    /\b(?:[a-z]{2,6}_(?:live|test|api|pat|prod)_|gh[opsur]_|github_pat_|glpat-|gl[a-z]{2,5}-|npm_|pypi-|hf_|dapi|dop_v1_|ntn_|secret_|whsec_|shp[a-z]{2}_|sq0[a-z]{3}-|hvs\.|ya29\.|AIza|figd_|rubygems_|dckr_pat_|tfp_|pul-|sbp_|SG\.|key-|dp\.\w{2,5}\.|pat-\w{2,3}\d-)(?<value>[\w.-]{12,})/g,
    looksGenerated,
  ),
  secret(
    'an access token',
    /\b\w{10,}\.atlasv1\.\w{20,}|\bpat\w{14}\.\w{30,}|\baccess_token\$\w+\$\S{20,}|\b1\/\/0[\w-]{20,}/g,
  ),
  // Any other prefix with something generated behind it, unless the prefix says that it is a hash.
  secret(
    'an access token',
    /(?<![\w/.-])(?!(?:sha|md5|hash|commit|rev|etag|digest|build|version)\w*[_-])(?:[A-Za-z]\w{1,9}[_-]){1,2}(?<value>[A-Fa-f0-9]{32,}|(?=\w*\d\w*\d)[A-Z0-9]{26,})(?![\w-])/g,
  ),
  secret('an access token', /(?<![\w-])[0-9a-f]{32}-us\d{1,2}\b/g),
  secret('an AWS access key', /\b(?:AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{16}\b/g, (value) => !value.endsWith('EXAMPLE')),
  secret('a signed token', /\beyJ[\w-]{8,}\.[\w-]{8,}(?:\.[\w-]*)?/g),
  secret('a bot token', /\b\d{8,10}:[\w-]{33,}|\b[\w-]{23,28}\.[\w-]{6,7}\.[\w-]{27,}/g),
  secret(
    'a webhook address',
    /https:\/\/hooks\.slack\.com\/\w+\/T\S{10,}|https:\/\/\S{0,80}webhook\S{0,10}\/[^\s/]{0,90}\/?\S{20,}/gi,
  ),
  secret('a hashed password', /\$(?:2[abxy]|[156y]|apr1|argon2\w*|scrypt)\$[\w./$,=+-]{20,}/g),
  secret('a project key', /:\/\/[0-9a-f]{32}@/g),
  // A run of letters and digits that nobody would write.
  secret('a key or token', /(?<![A-Za-z0-9])(?<value>[A-Za-z0-9]{28,})(?![A-Za-z0-9])/g, isGenerated),
  secret('a key or token', /(?<![\w/.+=-])(?<value>[\w+=-]{32,}|[A-Za-z0-9+/]{40,}={0,2})(?![\w/.+=-])/g, isGenerated),
];

/** Keys that stand where an address or a command has them. */
const byPlace: readonly SensitivePattern[] = [
  secret('a password inside an address', /\b[a-z][a-z0-9+.-]{0,30}:\/\/[^\s:@/]*:(?<value>[^\s@/]+)@/gi, isGiven),
  secret(
    'a key inside an address',
    /[?&](?:sig|signature|secret|code|key|api_?key|(?:access_)?token)=(?<value>[^\s&]{16,})/gi,
    looksGenerated,
  ),
  secret(
    'a password',
    /(?:(?<!\S)--?(?:password|passwd|pass|token|api-key)[= ]|\bidentified by\s+|\bpassword\s+(?=['"])|\bmysql\b.{0,60}? -p(?=\S)|\bsshpass\s+-p\s*|\bcurl\b.{0,80}? (?:-u|--user) ?\S+:)["']?(?<value>[^\s"']{4,})/gi,
    isGiven,
  ),
  secret('a password', /(?<![\w.])[\w.-]{1,80}:\d{2,5}:[\w*]+:[\w*]+:(?<value>[^\s:]{6,})/g, looksGenerated),
];

const passwords = '(?:pass(?:word|wd|phrase|code|wort)|pwd)';
/** "password for the reports", "password of the root user". */
const whose = String.raw`(?:\s+(?:for|to|of)\s+[^.!?=:]{1,40}?)?`;
const keyNames = String.raw`[\w-]{0,40}(?:secret|token|api[_ -]?key|(?:access|private|secret|account|signing|encryption|auth|shared)[_ -]?key|credentials?|session[_-]?id)[\w-]{0,20}`;
const hanKeys = '(?:密码|口令|密钥|私钥|令牌|凭证)';

/** Keys that are called by their name. */
const byName: readonly SensitivePattern[] = [
  secret(
    'a password',
    new RegExp(`${passwords}["']?${whose}\\s*[:=：]\\s*["']?(?<value>[^\\s"',;，。]{4,})`, 'gi'),
    isGiven,
  ),
  secret(
    'a password',
    /(?<![a-z])(?:\w{0,30}_)?(?:pass|pw|pin)["']?\s*[:=：]\s*["']?(?<value>[^\s"',;，。]{4,})/gi,
    looksLikePassword,
  ),
  secret(
    'a password',
    new RegExp(
      `\\b(?:${passwords}|pin)${whose}\\s+(?:(?:was |is |has been )?(?:changed|set|reset) to|is now|is|was|are|now)\\s+["'\`]?(?<value>[^\\s"'\`,]{4,})`,
      'gi',
    ),
    looksLikePassword,
  ),
  secret(
    'a password',
    new RegExp(`\\b${passwords}\\s+["'\`]?(?<value>[^\\s"'\`,;:]{6,})`, 'gi'),
    (value) =>
      looksLikePassword(value) && /[a-z]/i.test(value) && !/^\w+_\w+$/.test(value) && !/^[\d.,-]+$/.test(value),
  ),
  secret(
    'a password',
    new RegExp(
      `(?<!\\S)["'\`]?(?<value>[^\\s"'\`,]{5,})["'\`]?\\s+(?:as|is|for)\\s+(?:the|my|our|a)\\s+${passwords}\\b`,
      'gi',
    ),
    looksLikePassword,
  ),
  secret(
    'a password',
    /\b(?:credentials?|creds|log ?in|sign ?in)\b[^\n/]{0,30}?[\w.@-]+\s*\/\s*(?<value>[^\s/]{6,})/gi,
    (value) => isMixed(value) && looksLikePassword(value),
  ),
  secret(
    'a password',
    new RegExp(`${hanKeys}["']?(?:[:=：\\s]|是|为|改成|改为|设成|设为|设置为)+["']?(?<value>[!-+\\x2d-~]{4,})`, 'g'),
    looksLikePassword,
  ),
  secret(
    'a key or token',
    new RegExp(`(?<![a-z])${keyNames}["']?\\s*(?:[:=：]|\\bis\\b|是|为)\\s*["']?(?<value>[^\\s"',;，。]{8,})`, 'gi'),
    (value) => /\d/.test(value) && isGiven(value) && !/^[\d.,]+%?$/.test(value),
  ),
  secret(
    'a key or token',
    new RegExp(`(?<![a-z])${keyNames}\\s+(?<value>[\\w.~+/=-]{16,})`, 'gi'),
    (value) => isMixed(value) && !/^[a-z]+(?:_[a-z]+)*_?\d*$/.test(value),
  ),
  secret('a credential', /\b(?:bearer|basic)\s+(?<value>[\w.~+/=-]{16,})/gi, (value) => /\d/.test(value)),
];

/** Credentials, keys and tokens: by their form, by the place where they stand, by what they are called. */
export const secretPatterns: readonly SensitivePattern[] = [...byForm, ...byPlace, ...byName];
