import type { AnswerTexts, ErrorTexts } from './en.ts';
import { memoryRefusalText } from './memory-refusals.ts';
import { modelFailureText } from './model-failure-texts.ts';

/** The sentences of answers, in Chinese. */
export const zh: AnswerTexts = {
  steps: {
    recalling: '正在回忆团队教过我的内容',
    reading_schema: '正在读取表结构',
    writing_sql: '正在编写 SQL',
    checking: '正在检查 SQL',
    running: '正在执行查询',
    summarising: '正在总结',
  },
  intro: (sources) =>
    `用日常的话问我数据问题就行，比如下面这些。我会从 ${sources.join('、')} 里找答案。你也可以教我词语：“我们说的活跃客户是指最近90天下过单的客户”。输入 \`/memori help\` 查看所有命令。`,
  learned: (text) => `记住了：“${text}”。`,
  notCounted: '这条我会保留，但还不能按它计算：年、季度和周都按日历，一周从星期一开始。',
  onlyYou: '只有你会用到它。',
  thisChannel: '本频道的所有人都会用到它。',
  nothingFits: (hasOthers) => `已验证的查询和团队的定义都回答不了这个问题${hasOthers ? '，可以试试下面的问题' : ''}。`,
  unknownWords: (words, hasOthers) =>
    `我不知道${words.map((word) => `“${word}”`).join('、')}在这里指什么。可以这样教我：“我们说的${words[0]}是指……”${hasOthers ? '，或者试试下面的问题' : ''}。`,
  noModel:
    '没有接入可以编写 SQL 的模型。管理员可设置 `ANTHROPIC_API_KEY`（Claude）、`OPENAI_API_KEY`（GPT），或用 `OPENAI_BASE_URL` 和 `MEMORI_OPENAI_MODEL` 接入自己的模型（Ollama、llama.cpp、vLLM、网关），然后重新启动 Memori。',
  cannot: {
    why: '我还不能解释变化的原因：我给出数字，不给出原因。按部分比较是最接近的办法。',
    forecast: '我不做预测：我只根据数据库里现有的数据回答。',
    watch: '我还不能替你盯着某个数字并在之后通知你。想知道时随时问我。',
    schedule: '我还不能定时发送答案。需要时随时问我。',
    anomalies: '我还不会查找异常。按天或按月的序列可以看出哪里不寻常。',
  },
  newestRows: '每类数据最新的一天：',
  notUnderstood: '我没能把这句话理解为数据问题，可以试试下面这些。',
  didYouMean: '我不确定你指的是哪一个。',
  noSource: '还没有连接数据库。请设置 DATA_SOURCES 后重新启动 Memori。',
  tooLong: (length, limit) => `这个问题有 ${length} 个字符，我最多读 ${limit} 个，请缩短一些。`,
  notWhole: (buckets) => `不完整：${buckets.map(([name, part]) => `${name}（${part}）`).join('、')}。`,
  notWholeLegend: '* 不完整',
  until: (day) => `截至${day}`,
  from: (day) => `自${day}起`,
  noRows: '查询已执行，但没有符合条件的数据。',
  oneRow: (pairs) => `${pairs.join('，')}。`,
  rows: (count, more) => `共${more ? '超过 ' : ' '}${count} 行。`,
};

/** What each expected failure says, in Chinese. */
export const errorsZh: ErrorTexts = {
  busy: ({ waiting, seconds }) =>
    waiting === undefined
      ? '我正在重启，请一分钟后再问。'
      : `已经有 ${waiting} 个问题在排队，新问题大约要等 ${seconds} 秒，请到时再问。`,
  budget_exceeded: ({ scope, limit }) =>
    scope === 'request'
      ? `这个问题超出了单次请求的 token 上限（${limit}）。请少问几张表，或请管理员调高 MEMORI_PER_REQUEST_TOKEN_LIMIT。`
      : `今天的${scope === 'user' ? '个人' : scope === 'channel' ? '频道' : '工作区'}预算已用完，所以没有调用模型。用 \`/memori budget\` 查看何时重置；已验证的问题仍可回答。`,
  cancelled: () => '已停止，没有任何查询在运行。',
  config_invalid: () => 'Memori 的配置有误，管理员可在日志中看到原因。',
  database_unavailable: ({ source }) =>
    `数据库${source ? ` ${source} ` : ''}没有响应。请一分钟后再试；若仍不行，请告诉管理员。`,
  invalid_input: (details) => memoryRefusalText('zh', details) ?? String(details.message ?? '这个内容我无法使用。'),
  model_misconfigured: (details) =>
    modelFailureText('zh', details) ??
    '模型拒绝了我的密钥或设置，暂时无法编写 SQL。管理员可在日志中看到原因；已验证的问题仍可回答。',
  model_refused: () => '模型拒绝回答这个问题，请换一种问法。',
  model_truncated: (details) => modelFailureText('zh', details) ?? '答案太长，一次请求装不下，请一次少问一些。',
  model_unavailable: (details) =>
    modelFailureText('zh', details) ?? '模型暂时没有响应，请一分钟后再试；已验证的问题仍可回答。',
  not_allowed: (details) => memoryRefusalText('zh', details) ?? '你不能在这里进行这个操作。',
  not_found: (details) => memoryRefusalText('zh', details) ?? `找不到${details.what ?? '它'}了。`,
  plan_too_large: ({ cost, rows, maxCost, maxRows }) =>
    `没有执行：数据库估计它要处理约 ${count(rows)} 行，代价为 ${count(cost)}；上限是 ${count(maxRows)} 行或代价 ${count(maxCost)}。请缩短时间范围或减少分组。`,
  query_failed: ({ message }) => `数据库无法执行这个查询：${message ?? '原因不明'}`,
  query_timeout: ({ seconds }) => `查询超过了 ${seconds ?? '规定的'} 秒，已被停止。请缩短时间范围或减少行数。`,
  secret_refused: () => '这看起来像密钥或个人信息，所以没有保存。请去掉后再说一遍。',
  sql_refused: ({ message, reason }) =>
    `这条 SQL 没有执行：${message ?? '它不是单纯的读取'}${reason === 'function' ? '。管理员可用 `/memori sources approve` 允许自建函数' : ''}`,
  store_corrupt: () => '我的存储已损坏，管理员可在日志中看到下一步。',
  store_full: () => '磁盘已满，无法保存任何内容，请告诉管理员。',
  store_locked: () => '另一个 Memori 正在使用我的存储。',
  store_unavailable: () => '我的存储没有响应，暂时无法安全工作，请一分钟后再试。',
  internal: ({ reference }) => `我这边出了点问题，已通知管理员，编号是 ${reference}。`,
};

const magnitude = new Intl.NumberFormat('zh', {
  notation: 'compact',
  compactDisplay: 'long',
  maximumSignificantDigits: 2,
});
const count = (value: string | number | undefined): string => magnitude.format(Number(value ?? 0));
