import { wordsOf } from '../language/search-words.ts';
import type { Taught } from './memories.ts';

/**
 * What a message teaches, found by explicit phrases in English and Chinese. Precision matters most: a question mistaken
 * for a lesson gets no answer, while a missed lesson can be repeated with "remember". Questions are removed first; the
 * rest must begin with a teaching phrase.
 */
export function detectTaught(text: string): Taught | undefined {
  const statement = statementsOf(text);
  if (statement === '') return undefined;
  return asRemembered(statement) ?? asCorrection(statement) ?? asDefinition(statement) ?? asRule(statement);
}

/**
 * What a message asks: the whole message when it teaches nothing, otherwise its questions. Undefined when it only
 * teaches.
 */
export function asksIn(text: string): string | undefined {
  if (detectTaught(text) === undefined) return text;
  const asked = sentencesOf(text).filter(asks).join(' ');
  return asked === '' ? undefined : asked;
}

/** Whether a message states something in more than two words, besides its questions. */
export const statesSomething = (text: string): boolean => wordsOf(statementsOf(text)).length > 2;

const plain = (kind: Taught['kind'], text: string): Taught => ({ kind, text, term: undefined, meaning: undefined });

/** The message without its questions. "…, ok?" is not a question. */
const statementsOf = (text: string): string =>
  sentencesOf(text)
    .filter((sentence) => !asks(sentence))
    .join(' ')
    .trim();

const sentencesOf = (text: string): string[] =>
  text
    .normalize('NFKC')
    .replace(
      /[,;]?\s*(?:ok|okay|alright|please|got it|好吗|好吧|可以吗|行吗|谢谢|thanks|thank you)\s*[?!.。]*\s*$/i,
      '',
    )
    .split(/(?<=[.!?。！？])(?=\s|\p{Script=Han}|$)|\n+/u)
    .map((sentence) => sentence.trim())
    .filter((sentence) => sentence !== '');

const asks = (sentence: string): boolean =>
  (/[?？]$/.test(sentence) && !/^(?:can|could|will|would) you (?:please )?(?:remember|note) that\b/i.test(sentence)) ||
  /(?:吗|呢|么)[。.!]?$/.test(sentence) ||
  /^(?:what|who|whom|whose|which|when (?!(?:i|we|people|someone|anyone) (?:say|talk|ask|write))|where|why|how|does|do (?!not)|did|is|are|was|were|has|have|should|shall|would|will|may|might)\b/i.test(
    sentence,
  );

const remember =
  /^(?:(?:hey|hi|ok|okay|so|and|also|btw|by the way|please|pls|now)[,:]?\s+)*(?:(?:can|could|will|would) you\s+(?:please\s+)?(?=(?:remember|note) that))?(?:remember|memori[sz]e|keep in mind|bear in mind|make a note|take note|note|don'?t forget|for the record|fyi)\b(?:\s*[:,-]\s*|\s+(?:that|this)\s*[:,-]?\s+|\s+)(?<rest>.+)$/is;
const rememberHan =
  /^(?:请|麻烦|帮我|你|您|要|好的?[,，]?)*(?:记住|记得|记一下|记下来?|牢记|谨记|别忘了|不要忘记)(?:了)?[:,，、\s]*(?<rest>.+)$/s;

/**
 * Phrases after "remember" that recall something instead of teaching it: "remember when we …", "note the drop in May".
 */
const recalls =
  /^(?:me\b|when we|when i (?!say)|what|who|how|why|where|my (?:last|previous|first)|the (?:last|previous) |last |our (?:last|previous) )/i;

function asRemembered(statement: string): Taught | undefined {
  const rest = (remember.exec(statement) ?? rememberHan.exec(statement))?.groups?.rest?.replace(/[?？\s]+$/, '').trim();
  if (rest === undefined || rest.length < 2 || recalls.test(rest)) return undefined;
  // "Note the drop in May" remarks; "note that …" and "note: …" teach.
  if (/^(?:note|make a note|take note)\s+(?!that|this)\w/i.test(statement)) return undefined;
  const inner = asDefinition(rest) ?? asRule(rest);
  return inner ?? plain(isPersonal(rest) ? 'preference' : 'fact', rest);
}

const isPersonal = (text: string): boolean =>
  /^(?:i|i'm|i'd|my)\b(?!.*\b(?:team|company|department|our)\b)|\b(?:show|give|tell|send|answer|call|address) me\b/i.test(
    text,
  ) || /^我(?!们)|给我(?!们)/.test(text);

/** A longer "no, …" is a story, not a correction. Characters. */
const longestCorrection = 160;
const correction =
  /^(?:no|nope|wrong|incorrect|not quite|that'?s (?:wrong|not right|incorrect)|actually)\s*[,.:;!—–-]+\s*(?<rest>(?:please\s+)?(?:(?:use|exclude|include|count|ignore|treat|report|round|convert|group|sort by|measure|leave out|don'?t|do not|subtract|add)\b|(?:i|we) (?:mean|meant|use|count|define)\b|(?:it|that|this|[\p{L}\s]{1,30}?) (?:should|must) (?:be|include|exclude|not|use)\b).+)$/isu;
const correctionHan =
  /^(?:不对|不是(?:的|这样的?)?|错了|不正确|不)[,，.。!！:：\s]+(?<rest>(?:应该|应当|要|请|用|按|我们?(?:说的)?(?:是指|指的是|要的是)|不要|别|得).+)$/s;

/** "No, by active customer we mean …": what follows the objection is a definition. */
const objection =
  /^(?:no|nope|wrong|incorrect|not quite|that'?s (?:wrong|not right|incorrect)|actually|不对|不是的?|错了|不正确)\s*[,.:;!，。！：；—–-]+\s*(?<rest>.+)$/is;

function asCorrection(statement: string): Taught | undefined {
  if (statement.length > longestCorrection) return undefined;
  const objected = objection.exec(statement)?.groups?.rest;
  const defined = objected === undefined ? undefined : asDefinition(objected);
  if (defined !== undefined) return defined;
  const rest = (correction.exec(statement) ?? correctionHan.exec(statement))?.groups?.rest;
  return rest === undefined ? undefined : plain('correction', rest.trim());
}

const quoted = `["'“”‘’「『《]?`;
const endQuoted = `["'“”‘’」』》]?`;
const term = `${quoted}(?<term>[^,.:;!?"“”，。：；]{1,60}?)${endQuoted}`;
const definitions: readonly RegExp[] = [
  `by ${term},? (?:we|i|people here|our team) (?:always |usually |here )?mean (?<meaning>.+)`,
  `(?:when|whenever|if) (?:we|i|people|someone|anyone) (?:say|says|talk about|talks about|ask for|asks for|ask about|write) ${term},? (?:we|i|they|it|that) (?:always |usually )?means? (?<meaning>.+)`,
  `(?:for us|here|in our (?:team|company|data|world)|at our company),? ${term} (?:means|is defined as|stands for|refers to|is) (?<meaning>.+)`,
  `(?:we|i) (?:define|use the (?:term|word)) ${term} (?:as|for|to mean) (?<meaning>.+)`,
  `(?:please )?(?:define|let) ${term} (?:as|mean|be) (?<meaning>.+)`,
  `${term} (?:means|is defined as|stands for|refers to|is short for|is our (?:word|term|name) for|shall mean) (?<meaning>.+)`,
  `(?:the )?definition of ${term} (?:is|:) ?(?<meaning>.+)`,
].map((source) => new RegExp(`^(?:that |in |and )?${source}$`, 'is'));
const definitionsHan: readonly RegExp[] = [
  `(?:当)?(?:我们?|咱们|大家|公司|团队)(?:这里|内部)?(?:所?说的?|讲的?|提到的?|口中的)(?:的)?${term}(?:的时候|时)?[,，]?(?:我们?|都|就|一般|通常)*(?:是指|指的是|指的就是|指|就是|意思是|的意思是|是)(?<meaning>.+)`,
  `所谓的?${term}[,，]?(?:是指|指的是|就是指|就是|指|是)(?<meaning>.+)`,
  `把?${term}(?:的定义是|的定义为|定义为|定义是|的意思是|的意思就是|意思是|是指|指的是|指的就是|就是指|意味着|代表)[:：]?(?<meaning>.+)`,
].map((source) => new RegExp(`^(?:在?我们这里[,，]?|对我们来说[,，]?)?${source}$`, 's'));

/** Words that no defined term begins with: such a sentence is a request, a remark or a condition. */
const noTerm =
  /^(?:that|this|these|those|it|they|he|she|we|i|you|which|what|who|there|if|when|because|so|but|no|not|all|nothing|show|list|give|tell|find|get|compare|plot|count|draw|let|explain|sales? (?:data|report)|the (?:drop|increase|decline|rise|growth))\b|^(?:这|那|它|他|她|显示|列出|查询|请|给我|如果)/i;
/** "means by region": averages, not meanings. */
const noMeaning = /^(?:by|per|of|for|in|over|across|from)\b|^(?:什么|啥|多少|哪)/i;

function asDefinition(statement: string): Taught | undefined {
  for (const pattern of [...definitions, ...definitionsHan]) {
    const groups = pattern.exec(statement)?.groups;
    const name = groups?.term?.replace(/^(?:the |a |an )(?=\S)/i, '').trim() ?? '';
    const meaning = groups?.meaning?.replace(/[.。!！\s]+$/, '').trim() ?? '';
    if (name === '' || meaning.length < 2 || noTerm.test(name) || noMeaning.test(meaning)) continue;
    if (name.split(/\s+/).length > 6) continue;
    return { kind: 'definition', text: statement, term: name, meaning };
  }
  return undefined;
}

const verbs =
  'add|answer|apply|assume|average|base|break|calculate|call|chart|check|cite|compare|compute|consider|convert|count|deduct|define|display|divide|draw|drop|exclude|explain|express|filter|format|give|group|hide|ignore|include|join|keep|label|leave|limit|list|make|mask|measure|mention|name|omit|order|plot|prefer|present|print|put|quote|rank|read|refer|remove|reply|report|respond|restrict|return|round|say|send|show|skip|sort|speak|split|start|state|subtract|sum|take|tell|treat|use|write';
const rules: readonly RegExp[] = [
  new RegExp(`^(?:please )?(?:always|never) (?:${verbs}|be|do|ask|trust|forget)\\b.+`, 'is'),
  /^(?:from now on|going forward|in (?:the )?future|from here on|henceforth|by default)[,:]? (?!is|are|was|will).+/is,
  new RegExp(`^(?:please )?(?:don'?t|do not) ever (?:${verbs})\\b.+`, 'is'),
  /^(?:please )?(?:don'?t|do not) (?:add|count|include|show|use|treat|answer|mention|call|report|round)\b.+/is,
  new RegExp(`^(?:please )?(?:${verbs})\\b.+ (?:from now on|going forward|by default|in (?:the )?future)[.!]*$`, 'is'),
  /^(?:we|our team|our company) (?:always|never) .+/is,
];
const verbsHan =
  '(?:用|以|按|把|将|先|默认|统一|显示|展示|列|排除|包含|包括|包|统计|计算|算|回答|回复|使用|看|给|保留|忽略|去掉|剔除|过滤|四舍五入|换算|折算|加|减|写|输出|画|提|说|叫|称|查|报|只|不|别|请|要|都|一律|需|得|必须)';
const rulesHan: readonly RegExp[] = [
  new RegExp(
    `^(?:请)?(?:以后|今后|往后|从现在起|从现在开始|从今以后|从今往后|今后起)(?:请|都|的?时候|，|,|\\s|我|我们|你|凡是|所有|每次|总是|一律)*${verbsHan}.+`,
    's',
  ),
  new RegExp(`^(?:请)?(?:总是|始终|一律|永远|每次都?)(?:要|都|请)?${verbsHan}.+`, 's'),
  /^(?:请)?(?:永远|以后|再也|千万)?(?:不要|请勿|勿|别|不得|不许)(?:再)?(?:把|将|用|使用|显示|展示|包含|包括|算|计算|统计|计入|列|回答|提|忽略|给|四舍五入|说|写|画|按).+/s,
];
const asksHan = /什么|多少|哪|谁|怎么|怎样|如何|为何|几个|是否|有没有/;
const preferences: readonly RegExp[] = [
  /^(?:i (?:always |usually |really |would |generally )?(?:prefer|like to (?:see|get|have))\b|i'd (?:prefer|rather)\b|my (?:preferred|default|favou?rite) .+ (?:is|are)\b).+/is,
  /^我(?:比较|更|一般|通常|总是|都|还是)*(?:喜欢|偏好|习惯|希望|想要)(?:用|看|按|以|把|你|您|图|表|先).+/s,
];

function asRule(statement: string): Taught | undefined {
  if (asksHan.test(statement)) return undefined;
  if (preferences.some((pattern) => pattern.test(statement))) return plain('preference', statement);
  if (![...rules, ...rulesHan].some((pattern) => pattern.test(statement))) return undefined;
  return plain(isPersonal(statement) ? 'preference' : 'rule', statement);
}
