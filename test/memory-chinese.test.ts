import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { shortcutIds } from '../src/slack/action-ids.ts';
import { startMemori, type TestMemori, textOf } from './support/start-memori.ts';

/** Commands, names, ids, paths and what is quoted stand as they are in any language; a sentence does not. */
const englishIn = (text: string): readonly string[] =>
  text
    .replace(/`[^`]*`|“[^”]*”|"[^"]*"|\/memori[^\n，。；]*|<[^>]*>|https?:\S+/g, ' ')
    .replace(/\b(?:Memori|Slack|MongoDB|Claude|SQL|CSV|JSON|Anthropic|OpenAI|[A-Z][A-Z_]{3,})\b/g, ' ')
    .match(/(?:[A-Za-z][a-z'’]+[ ,]+){2,}[A-Za-z][a-z'’]+/g) ?? [];

/** What the people of a data source wrote about it is in their language. */
const withoutSource = (text: string): string => text.replace(/(?:Kiln & Cedar|categories, )[^\n]*/g, '');

describe('everything about memory is said in Chinese to who reads Chinese', () => {
  let memori: TestMemori;
  const as = 'siyuan';
  beforeAll(async () => {
    memori = await startMemori();
  });
  afterAll(() => memori.stop());

  const says = async (text: string, channel = 'analytics'): Promise<string> =>
    textOf(await memori.command(`/memori ${text}`, as, channel));

  it.each([
    ['memory list', /还没有记住/],
    ['memory add 我们说的成交额是指毛收入', /已记住（本频道）/],
    ['memory add 记住华东包括上海和杭州', /已记住/],
    ['memory list', /2\. /],
    ['memory list 2026-03-31', /2026-03-31/],
    ['memory list march', /日期写法/],
    ['memory search 成交额', /成交额/],
    ['memory search 完全无关', /没有/],
    ['memory search', /用法/],
    ['memory edit 1 华东包括上海、杭州和南京', /已改为/],
    ['memory edit 9 其他', /没有这条记忆/],
    ['memory edit 1 密码是 Xk9#mLp2', /密钥或个人信息/],
    ['memory edit', /编号/],
    [`memory edit 1 ${'很长'.repeat(400)}`, /最多 500/],
    ['memory add', /用法/],
    ['memory add ...', /没有可以记住的内容/],
    ['memory add 电话 13912345678', /密钥或个人信息/],
    ['memory pin 1', /始终记着/],
    ['memory unpin 1', /相关时/],
    ['memory pin', /编号/],
    ['memory share 1 workspace', /要让/],
    ['memory share 1 channel confirm', /已经在那里分享/],
    ['memory share', /workspace、channel/],
    ['memory settings', /自动记忆：开启/],
    ['memory settings auto off', /自动记忆：关闭/],
    ['memory settings auto on', /自动记忆：开启/],
    ['memory settings x', /auto 或 conscious/],
    ['memory export', /私信/],
    ['memory forget', /编号/],
    ['memory forget 99', /没有这条记忆/],
    ['memory forget !!', /编号或 id|用列表中的编号/],
    ['memory forget all', /全部 2 条/],
    ['memory list', /2\. /],
    ['memory forget 1 2', /要彻底忘记这 2 条/],
    ['memory forget 1 2 confirm', /已彻底忘记.*2 条|已彻底忘记.*3 条/],
    ['status', /内嵌存储[\s\S]*在本进程中比较/],
    ['memory', /./],
    ['help', /忘记/],
  ])('/memori %s', async (command, expected) => {
    const text = await says(command);
    expect(text).toMatch(expected);
    expect(englishIn(withoutSource(text))).toEqual([]);
  });

  it('foreign memories, lessons, answers, what was used and why, App Home and its manager, the shortcut', async () => {
    const shown: string[] = [];
    await memori.command('/memori memory add 总部在柏林', 'maya', 'general');
    shown.push(await says('memory forget 1', 'general'));
    expect(shown[0]).toContain('由别人告知');
    const taught = await memori.ask('我们说的成交额是指毛收入', { as });
    const used = await memori.ask('上个月的成交额', { as });
    expect(used.text).toMatch(/用到 1 条记忆.*“成交额”按定义/);
    shown.push(taught.text, used.text.replace(/SELECT[\s\S]*?(?=\n[^\sA-Z])/, ''));
    await memori.press(as, used.answer, '用到的记忆');
    const modal = textOf(memori.slack.modal(as) ?? {});
    expect(modal).toMatch(/使用原因：它定义了“成交额”[\s\S]*这不对/);
    shown.push(modal);
    await memori.slack.closeView({ as });
    await memori.slack.openHome({ as });
    shown.push(textOf(await memori.slack.waitFor(() => memori.slack.home(as))));
    await memori.slack.click({ as, view: 'home', action: 'memory_manage' });
    await memori.slack.idle();
    const manager = textOf(memori.slack.modal(as) ?? {});
    expect(manager).toMatch(/成交额[\s\S]*忘记/);
    shown.push(manager);
    await memori.slack.closeView({ as });
    const { sent } = await memori.ask('EMEA 包括土耳其吗？', { as, channel: 'analytics' });
    await memori.slack.shortcut({ as, callback: shortcutIds.remember, message: sent });
    await memori.slack.idle();
    const remember = textOf(memori.slack.modal(as) ?? {});
    expect(remember).toMatch(/个人信息会被拒绝/);
    shown.push(remember);
    const refused = await memori.slack.submit({ as, values: { memory: '密码是 Xk9#mLp2' } });
    expect(JSON.stringify(refused)).toMatch(/密钥或个人信息/);
    for (const text of shown) expect(englishIn(withoutSource(text))).toEqual([]);
  });
});
