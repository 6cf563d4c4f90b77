import type { Locale } from '../base/namespace.ts';

/** What the parts of the product say about themselves, in English. */
const en = {
  embedded: (folder: string) => `embedded, ${folder}`,
  setMongoDb: 'set MONGODB_URI to use MongoDB',
  embeddings: (model: string, vectors: 'ready' | 'building' | 'lost' | undefined) =>
    `${model}, on this machine; vectors ${
      {
        ready: 'searched by MongoDB ($vectorSearch)',
        building: 'compared in this process until MongoDB has built its search index',
        lost: 'compared in this process: $vectorSearch does not answer',
        none: 'compared in this process',
      }[vectors ?? 'none']
    }`,
  setEmbeddings: 'set MEMORI_EMBEDDING_MODEL to use another model',
  setAlerts: 'set SLACK_ALERTS_CHANNEL to use another channel',
  playground: 'playground in the browser',
  setSlack: 'set SLACK_BOT_TOKEN and SLACK_APP_TOKEN to connect a workspace',
  socket: 'Slack, Socket Mode',
  http: 'Slack, events over HTTP at /slack/events',
  noModel: 'none: verified queries and your definitions only',
  setModel: 'set ANTHROPIC_API_KEY to let Claude write SQL, or OPENAI_API_KEY or OPENAI_BASE_URL for another model',
  claude: (model: string, routing: boolean) =>
    `${model}, Anthropic${routing ? ', smaller and larger ones where they fit' : ''}`,
  ofServer: (model: string, server: string) => `${model}, ${server}`,
  context: (tokens: number) => `reads up to ${tokens} tokens`,
  smallContext: (tokens: number) =>
    `its context of ${tokens} tokens holds only small prompts: start it with 8,192 or more (docs/models.md)`,
  retires: (model: string, on: string, successor: string | undefined) =>
    `${model} retires on ${on}: set MEMORI_CLAUDE_MODEL${successor ? ` to ${successor}` : ''}`,
  replaced: (model: string, on: string, successor: string) =>
    `${model} retired on ${on}, so ${successor} answers: set MEMORI_CLAUDE_MODEL`,
  setVariable: (variable: string) => `set ${variable} to use another model`,
  source: (name: string, tables: number | undefined, description: string) =>
    `${name}, ${tables === undefined ? 'no answer' : `${tables} tables`}: ${description}`,
  leftOut: (name: string, reason: string) => `${name}, left out: ${reason}`,
  thenRestart: (next: string) => `${next} Then start again.`,
  setSources: 'set DATA_SOURCES to use your own database',
  checkSource: 'check the address in DATA_SOURCES and that the server runs',
};

type StatusTexts = typeof en;

const zh: StatusTexts = {
  embedded: (folder) => `内嵌存储，${folder}`,
  setMongoDb: '设置 MONGODB_URI 可改用 MongoDB',
  embeddings: (model, vectors) =>
    `${model}，在本机运行；向量${
      {
        ready: '由 MongoDB 检索（$vectorSearch）',
        building: '暂在本进程中比较，直到 MongoDB 建好检索索引',
        lost: '在本进程中比较：$vectorSearch 没有响应',
        none: '在本进程中比较',
      }[vectors ?? 'none']
    }`,
  setEmbeddings: '设置 MEMORI_EMBEDDING_MODEL 可改用其他模型',
  setAlerts: '设置 SLACK_ALERTS_CHANNEL 可改用其他频道',
  playground: '浏览器中的演练环境',
  setSlack: '设置 SLACK_BOT_TOKEN 和 SLACK_APP_TOKEN 可连接工作区',
  socket: 'Slack，Socket Mode',
  http: 'Slack，通过 HTTP 接收事件：/slack/events',
  noModel: '没有：只用已验证的查询和你的定义',
  setModel: '设置 ANTHROPIC_API_KEY 可让 Claude 编写 SQL；其他模型请设置 OPENAI_API_KEY 或 OPENAI_BASE_URL',
  claude: (model, routing) => `${model}，Anthropic${routing ? '，必要时用更小或更大的模型' : ''}`,
  ofServer: (model, server) => `${model}，${server}`,
  context: (tokens) => `最多可读 ${tokens} 个 token`,
  smallContext: (tokens) =>
    `它的上下文只有 ${tokens} 个 token，只装得下小的提示：启动时请设为 8192 或更大（docs/models.md）`,
  retires: (model, on, successor) =>
    `${model} 将于 ${on} 停用：请设置 MEMORI_CLAUDE_MODEL${successor ? `，例如 ${successor}` : ''}`,
  replaced: (model, on, successor) => `${model} 已于 ${on} 停用，现由 ${successor} 回答：请设置 MEMORI_CLAUDE_MODEL`,
  setVariable: (variable) => `设置 ${variable} 可改用其他模型`,
  source: (name, tables, description) =>
    `${name}，${tables === undefined ? '没有响应' : `${tables} 张表`}：${description}`,
  leftOut: (name, reason) => `${name}，未能打开：${reason}`,
  thenRestart: (next) => `${next} 然后重新启动。`,
  setSources: '设置 DATA_SOURCES 可使用自己的数据库',
  checkSource: '请检查 DATA_SOURCES 中的地址，以及服务器是否在运行',
};

/** What `/memori status`, the banner and App Home say about each part of the product. */
export const statusTextsFor = (locale: Locale): StatusTexts => (locale === 'zh' ? zh : en);
