/** What a question wants that no single query can give. */
export type Intent = 'why' | 'forecast' | 'watch' | 'schedule' | 'anomalies' | 'freshness';

/** The form of a question that has this intent, in English and Chinese: how it begins, or the one word that names it. */
const forms: readonly (readonly [Intent, RegExp])[] = [
  [
    'freshness',
    /\bhow (?:fresh|recent|current|old|up[- ]to[- ]date)\b[^?]*\bdata\b|\bwhen (?:was|were|did)\b[^?]*\bdata\b[^?]*\b(?:load|refresh|updat|import)|\b(?:last|latest) (?:load|refresh|import|data update)\b|数据(?:有?多新|是?更新到|是?最新到|截止到?|什么时候更新)/i,
  ],
  [
    'watch',
    /^(?:please |can you |could you )?(?:tell|alert|notify|warn|ping|remind|message) (?:me|us)\b(?: (?:when|if|once|whenever|as soon as)\b)|^(?:please )?let (?:me|us) know (?:when|if|once|as soon as)\b|^(?:please )?(?:watch|monitor|keep an eye on)\b|(?:当|如果|一旦)[^？?]*(?:通知|提醒|告诉)我|^(?:监控|盯着)/i,
  ],
  [
    'schedule',
    /^(?:please |can you |could you )?(?:send|post|share|e?mail|deliver)\b[^?]*\b(?:every|each|daily|weekly|monthly|at \d)|\b(?:schedule|subscribe)\b|\bevery (?:mon|tues|wednes|thurs|fri|satur|sun)day\b|\bevery (?:morning|evening)\b|每(?:天|日|周|月|个?星期)[^？?]*(?:发|推送|发送)|定时|订阅/i,
  ],
  [
    'forecast',
    /\b(?:forecast|predict|predictions?|projections?|extrapolate)\b|\bwhat will\b|\bwill (?:we|our|the)\b|预测|预计会|预估/i,
  ],
  [
    'why',
    /^(?:so |and |but |ok,? )?(?:why\b|how come\b|explain why\b|what (?:caused|causes|explains|drove|drives)\b|what(?: is|'s| was) the (?:reason|cause)\b)|为什么|为何|怎么会|什么原因|原因是什么/i,
  ],
  ['anomalies', /\b(?:anomal(?:y|ies|ous)|outliers?|unusual)\b|异常/i],
];

/** Words of the form and of change. Without them, the figure remains that the question is about. */
const framing =
  /\b(?:why|how come|explain|what (?:caused|causes|explains|drove|drives)|what(?: is|'s| was) the (?:reason|cause)(?: (?:of|for|behind))?|did|do|does|has|have|is|are|was|were|so|much|the|a|an|any|please|can you|could you|(?:tell|alert|notify|warn|ping|remind|message|send) (?:me|us)|let (?:me|us) know|when|if|once|whenever|as soon as|watch|monitor|keep an eye on|send|post|share|e?mail|deliver|schedule|subscribe(?: to)?|forecast|predict|predictions?|projections?|extrapolate|what will|will|our|we|be|drop(?:ped|s)?|f[ae]ll(?:s|en)?|decreas(?:e|ed|es)|declin(?:e|ed|es)|r[io]se(?:s|n)?|increas(?:e|ed|es)|gr[eo]w(?:s|n)?|chang(?:e|ed|es)|go(?:es)? (?:up|down)|went (?:up|down)|spik(?:e|ed|es)|(?:below|above|under|over) [\d.,]+k?(?: (?:a|per) \w+)?|anomal(?:y|ies|ous)|outliers?|unusual|for next \w+|next \w+|every \w+(?: (?:morning|evening))?(?: (?:at )?\d\S*)?|at \d\S*|in)\b/gi;
const chineseFraming =
  /为什么|为何|怎么会|什么原因|原因是什么|预测|预计会?|预估|监控|订阅|定时|每(?:天|日|周[一二三四五六日]?|月|个?星期[一二三四五六日]?)|(?:发|推送|发送)(?:给我)?|(?:当|如果|一旦)|(?:通知|提醒|告诉)我|下降|下跌|减少|上升|增长|增加|变化|低于\d+|高于\d+|异常|有没有|了|下个?(?:月|周|季度|年)|[？?]/g;

/** The intent of a question that nothing has answered; undefined for a plain one. */
export const intentOf = (question: string): Intent | undefined =>
  forms.find(([, form]) => form.test(question.trim()))?.[0];

/** Whether a text is a rule about calendars. It is stored when taught, but periods do not follow it. */
export const isCalendarRule = (text: string): boolean =>
  /\b(?:fiscal|financial) (?:year|quarter|month)s?\b|\bweeks? (?:starts?|begins?)\b|\b(?:business|working) days?\b|财年|财政年度|财务年度|工作日|每?周从/i.test(
    text,
  );

/** What the question is about once its form is taken away: “why did net revenue drop last month” → “net revenue last month”. */
export const subjectOf = (question: string): string =>
  question
    .replace(framing, ' ')
    .replace(chineseFraming, ' ')
    .replace(/[?!.,]+/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
