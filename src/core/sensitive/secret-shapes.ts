import { isGenerated, isMixed, isPlaceholder, looksGenerated, looksLikePassword } from './generated.ts';
import { type Rule, shape } from './rule.ts';

const secret = (looksLike: string, pattern: RegExp, holds?: (value: string) => boolean): Rule =>
  shape('secret', looksLike, pattern, holds);

const isGiven = (value: string): boolean => !isPlaceholder(value);

/** In groups, mixed of letters and digits, and no words in capitals. */
const isGroupedCode = (value: string): boolean =>
  (value.match(/\d/g)?.length ?? 0) >= 2 &&
  (value.match(/[A-Z]/g)?.length ?? 0) >= 6 &&
  value.split(/[ -]/).filter((group) => /\d/.test(group) && /[A-Z]/.test(group)).length >= 2;

/** Keys that say by their form what they are. */
const byForm: readonly Rule[] = [
  secret('a private key', /-----BEGIN [A-Z ]*PRIVATE KEY|\bAGE-SECRET-KEY-1[0-9A-Z]{20,}|\bPuTTY-User-Key-File/g),
  // Any other prefix with something generated behind it, unless the prefix says that it is a hash.
  secret(
    'an access token',
    /(?<![\w/.-])(?!(?:sha|md5|hash|commit|rev|etag|digest|build|version)\w*[_-])(?:[A-Za-z]\w{1,9}[_-]){1,2}(?<value>[A-Fa-f0-9]{32,}|(?=\w*\d\w*\d)[A-Z0-9]{26,})(?![\w-])/g,
  ),
  secret('an access token', /(?<![\w-])[0-9a-f]{32}-us\d{1,2}\b/g),
  secret('a signed token', /\beyJ[\w-]{8,}\.[\w-]{8,}(?:\.[\w-]*)?/g),
  secret('a bot token', /\b\d{8,10}:[\w-]{33,}|\b[\w-]{23,28}\.[\w-]{6,7}\.[\w-]{27,}/g),
  secret(
    'a webhook address',
    /https:\/\/hooks\.slack\.com\/\w+\/T\S{10,}|https:\/\/\S{0,80}webhook\S{0,10}\/[^\s/]{0,90}\/?\S{20,}/gi,
  ),
  secret('a hashed password', /\$(?:2[abxy]|[156y]|apr1|argon2\w*|scrypt)\$[\w./$,=+-]{20,}/g),
  secret('a project key', /:\/\/[0-9a-f]{32}@/g),
  // Recovery codes, seeds of one-time passwords, licence keys: groups of four or five of the same length.
  secret(
    'a recovery code',
    /(?<![\w-])[A-Z2-9]{4,5}(?:(?<dash>[ -])[A-Z2-9]{4,5})(?:\k<dash>[A-Z2-9]{4,5}){2,9}(?![\w-])/g,
    isGroupedCode,
  ),
  // A run of letters and digits that nobody would write.
  secret('a key or token', /(?<![A-Za-z0-9])(?<value>[A-Za-z0-9]{28,})(?![A-Za-z0-9])/g, isGenerated),
  secret('a key or token', /(?<![\w/.+=-])(?<value>[\w+=-]{32,}|[A-Za-z0-9+/]{40,}={0,2})(?![\w/.+=-])/g, isGenerated),
];

/** Keys that stand where an address or a command has them. */
const byPlace: readonly Rule[] = [
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
  secret(
    'a session',
    /\b(?:s?sid|session\w{0,12}|auth\w{0,8}|jwt|connect\.sid)=(?<value>[^\s;,&]{20,})/gi,
    looksGenerated,
  ),
  // jdbc:oracle:thin:scott/tiger@…
  secret('a password inside an address', /\bjdbc:[a-z]+:(?:[a-z]+:)?[\w.-]{1,60}\/(?<value>[^\s@/]+)@/gi, isGiven),
  // A setting of the environment that no colon parts from its value.
  secret('a password', /\b[A-Z0-9_]*(?:PASSWORD|PASSWD|PWD)=(?<value>\S{4,})/g, isGiven),
  secret('a password', /(?<![\w.])[\w.-]{1,80}:\d{2,5}:[\w*]+:[\w*]+:(?<value>[^\s:]{6,})/g, looksGenerated),
];

const keyNames = String.raw`[\w-]{0,40}(?:secret|token|api[_ -]?key|(?:access|private|secret|account|signing|encryption|auth|shared)[_ -]?key|credentials?|session[_-]?id)[\w-]{0,20}`;
/** Keys that are called by their name. */
const byName: readonly Rule[] = [
  // Settings, whose names are English whatever their authors speak.
  secret(
    'a password',
    /(?<![a-z])(?:\w{0,30}_)?(?:pass(?:word|wd)?|pwd|pw|pin)(?:_\w{1,20})?["']?\s*[:=：]\s*["']?(?<value>[^\s"',;，。]{4,})/gi,
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

/** Credentials, keys and tokens: by their form, by the place where they stand, by what code calls them. */
export const secretShapes: readonly Rule[] = [...byForm, ...byPlace, ...byName];
