/**
 * Words that a Chinese question to a database can omit: politeness, verbs that ask for an answer, particles and measure
 * words. Not 都 and 所有, which mean "all".
 */
export const askingChinese: readonly string[] = (
  '请 请问 麻烦 帮我 给我 给我看 告诉我 我想知道 我想看 想知道 想看 看 看看 看一下 查 查一下 查询 查看 显示 列出 展示 统计 统计一下 汇总 一下 我们 我们的 咱们 ' +
  '我 的 了 吗 呢 吧 啊 是 有 是什么 什么 哪些 哪个 哪几个 情况 共 一共 总共 在 里 中 内 期间 来自 于'
).split(' ');
