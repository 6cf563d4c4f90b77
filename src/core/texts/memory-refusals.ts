import { type ErrorCode, type ErrorDetails, MemoriError } from '../base/errors.ts';
import type { Locale } from '../base/namespace.ts';

/** Why a memory is not taken, found or changed, and what to do about it. `details.reason` of the error names the entry. */
const en = {
  empty: () =>
    'There is nothing to remember in an empty text. Say what to remember, for example: remember that our fiscal year starts in February.',
  too_long: ({ length, limit, termLimit }: ErrorDetails) =>
    `A memory has at most ${limit} characters and a term ${termLimit}; this has ${length}. Say it in fewer words, or as several things to remember.`,
  no_name: ({ term }: ErrorDetails) =>
    `“${term}” is a word of questions or a number, so I cannot make it mean something else. Define a word that names something, such as “by takings we mean net revenue”.`,
  forgotten: () =>
    'This was forgotten after the message that taught it was written. Say it again in a new message if it holds after all.',
  unnamed: () =>
    'A memory is named by its number in the list or by its id. Look the number up with /memori memory list.',
  missing: () =>
    'There is no such memory here, or it has been forgotten already. Look the number up with /memori memory list.',
  foreign: () =>
    'Someone else taught this memory, and it belongs to everyone here. Ask the person who taught it or a workspace admin.',
  private: () => 'Only the person who said it in private may share it.',
  shared_already: () => 'It is shared there already.',
  not_for_everybody: () =>
    'Only definitions, rules, corrections and preferences are shared with the whole workspace, because a fact may be about a person. Say it as a definition or a rule, or share it with a channel.',
};

/** The reasons why a memory is refused. */
export type MemoryRefusal = keyof typeof en;

const zh: Readonly<Record<MemoryRefusal, (details: ErrorDetails) => string>> = {
  empty: () => '没有可以记住的内容。请说出要记住什么，例如：记住我们的财年从二月开始。',
  too_long: ({ length, limit, termLimit }) =>
    `一条记忆最多 ${limit} 个字符，词语最多 ${termLimit} 个；这条有 ${length} 个。请说得简短些，或分成几条。`,
  no_name: ({ term }) =>
    `“${term}”是提问用的词或数字，不能用来指别的东西。请定义一个名称，例如“我们说的成交额是指净收入”。`,
  forgotten: () => '这条内容在那条消息之后已被忘记。如果仍然有效，请在新消息中再说一遍。',
  unnamed: () => '请用列表中的编号或 id 指定记忆。编号见 /memori memory list。',
  missing: () => '这里没有这条记忆，或它已被忘记。编号见 /memori memory list。',
  foreign: () => '这条记忆由别人告知，属于这里的所有人。请联系告知者或工作区管理员。',
  private: () => '私下说的内容只有说的人自己可以分享。',
  shared_already: () => '它已经在那里分享了。',
  not_for_everybody: () =>
    '只有定义、规则、纠正和偏好可以分享给整个工作区，因为事实可能涉及个人。请改用定义或规则的说法，或只分享到频道。',
};

const isRefusal = (reason: unknown): reason is MemoryRefusal => typeof reason === 'string' && Object.hasOwn(en, reason);

/** The refusal in the person's own language; undefined for errors about something else. */
export const memoryRefusalText = (locale: Locale, details: ErrorDetails): string | undefined =>
  isRefusal(details.reason) ? (locale === 'zh' ? zh : en)[details.reason](details) : undefined;

/** Makes the error for a refusal. Its details carry the reason, so that surfaces can show it in another language. */
export const memoryRefusal = (code: ErrorCode, reason: MemoryRefusal, details: ErrorDetails = {}): MemoriError =>
  new MemoriError(code, en[reason](details), { details: { ...details, reason } });
