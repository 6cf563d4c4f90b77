import type { ErrorDetails } from '../base/errors.ts';
import type { FailureReason } from '../base/failure-reason.ts';
import type { Locale } from '../base/namespace.ts';

type Texts = Readonly<Record<FailureReason, (details: ErrorDetails) => string>>;

const asked = (details: ErrorDetails): string => String(details.model ?? 'the model');
const at = ({ server }: ErrorDetails): string => (server === undefined ? '' : ` at ${server}`);
const seconds = (details: ErrorDetails): number => Math.max(Math.ceil(Number(details.seconds ?? 0)), 0);
const verified = 'Verified questions still work.';

/** What a person reads when a model call failed: what happened, why, and what to do next. */
const en: Texts = {
  away: (details) =>
    `The model's server${at(details)} cannot be reached. Try again in a minute; an operator can check that it runs and ${details.variable ?? 'its address'}. ${verified}`,
  connect: (details) =>
    `The model's server${at(details)} did not take the connection in time. An operator can check ${details.variable ?? 'its address'} and the network. ${verified}`,
  first_token: () =>
    `The model sent nothing in the time I wait for it, so I stopped the call. Try again later; an operator can set MEMORI_PROMPT_SIZE to small or raise MEMORI_MODEL_FIRST_TOKEN_TIMEOUT_MS. ${verified}`,
  idle: () =>
    `The model stopped in the middle of its answer, so I ended the call. Try again; if it happens often, an operator can look at its server or raise MEMORI_MODEL_IDLE_TIMEOUT_MS. ${verified}`,
  total: () =>
    `The model wrote for longer than I wait, so I ended the call. Ask for less at once; an operator can raise MEMORI_MODEL_TOTAL_TIMEOUT_MS. ${verified}`,
  cut: () => `The connection to the model broke in the middle of its answer. Ask again, please. ${verified}`,
  loading: () => `The model is still being loaded on its server. Try again in a minute. ${verified}`,
  rate: (details) =>
    `The model has too many requests right now. Try again in ${seconds(details) > 0 ? `${seconds(details)} seconds` : 'a minute'}. ${verified}`,
  server_error: () => `The model's server has a fault of its own right now. Try again in a minute. ${verified}`,
  off_form: () =>
    `The model did not answer in a form that I can read, twice. Put the question more simply; small models often cannot write SQL. ${verified}`,
  empty: () => `The model answered with nothing, twice. Put the question another way, please. ${verified}`,
  thoughts: () =>
    `The model only thought and gave no answer. Ask for less at once; an operator can raise MEMORI_PER_REQUEST_TOKEN_LIMIT or choose a model that thinks less. ${verified}`,
  loop: () =>
    `The model began to repeat itself, so I ended the call. Put the question another way; small models do this more often. ${verified}`,
  length: () => 'The answer became too long for one request. Ask for less at once, please.',
  key: (details) =>
    `The model's server refuses my key, so I cannot write SQL now. An operator can set ${details.variable ?? 'the key'}. ${verified}`,
  credit: () =>
    `The model's account has no credit left or has reached its spend limit, so I cannot write SQL now. An operator can raise it with the vendor. ${verified}`,
  no_model: (details) =>
    `There is no model “${asked(details)}”${at(details)}. An operator can set ${details.variable ?? 'the model'}${details.models ? `; there are ${details.models}` : ''}. ${verified}`,
  context: () =>
    `The question with its schema is longer than the model can read, even cut down. An operator can give the model a larger context, or set MEMORI_PROMPT_SIZE to small. ${verified}`,
  web_page: (details) =>
    `A web page came back instead of the model's answer${at(details)}: a proxy or another service answers there. An operator can check ${details.variable ?? 'the address'}. ${verified}`,
  wrong_url: (details) =>
    `There is no model API at that address${at(details)}. An operator can check ${details.variable ?? 'the address'}; for most servers it ends in /v1. ${verified}`,
  request: () =>
    `The model refuses the way it is asked, so I cannot write SQL now. An operator finds the reason in the log. ${verified}`,
  refusal: () => 'The model declined to answer this. Put it another way, please.',
};

const askedZh = (details: ErrorDetails): string => String(details.model ?? '');
const atZh = ({ server }: ErrorDetails): string => (server === undefined ? '' : `（${server}）`);
const verifiedZh = '已验证的问题仍可回答。';

const zh: Texts = {
  away: (details) =>
    `无法连接模型服务器${atZh(details)}。请一分钟后再试；管理员可检查它是否在运行，以及 ${details.variable ?? '它的地址'}。${verifiedZh}`,
  connect: (details) =>
    `模型服务器${atZh(details)}没有及时接受连接。管理员可检查 ${details.variable ?? '它的地址'} 和网络。${verifiedZh}`,
  first_token: () =>
    `模型在等待时间内没有返回任何内容，所以已停止这次调用。请稍后再试；管理员可把 MEMORI_PROMPT_SIZE 设为 small，或调高 MEMORI_MODEL_FIRST_TOKEN_TIMEOUT_MS。${verifiedZh}`,
  idle: () =>
    `模型写到一半停住了，所以已结束这次调用。请再试一次；若经常如此，管理员可检查模型服务器，或调高 MEMORI_MODEL_IDLE_TIMEOUT_MS。${verifiedZh}`,
  total: () =>
    `模型写得太久，超过了等待时间，所以已结束这次调用。请一次少问一些；管理员可调高 MEMORI_MODEL_TOTAL_TIMEOUT_MS。${verifiedZh}`,
  cut: () => `与模型的连接在回答中途断开了，请再问一次。${verifiedZh}`,
  loading: () => `模型还在服务器上加载，请一分钟后再试。${verifiedZh}`,
  rate: (details) =>
    `模型现在收到的请求太多，请${seconds(details) > 0 ? ` ${seconds(details)} 秒` : '一分钟'}后再试。${verifiedZh}`,
  server_error: () => `模型服务器自身出了故障，请一分钟后再试。${verifiedZh}`,
  off_form: () => `模型两次都没有按可读的格式回答。请把问题说得简单些；小模型往往写不了 SQL。${verifiedZh}`,
  empty: () => `模型两次都返回了空内容，请换一种问法。${verifiedZh}`,
  thoughts: () =>
    `模型只在思考，没有给出回答。请一次少问一些；管理员可调高 MEMORI_PER_REQUEST_TOKEN_LIMIT，或换一个思考较少的模型。${verifiedZh}`,
  loop: () => `模型开始重复自己的话，所以已结束这次调用。请换一种问法；小模型更常出现这种情况。${verifiedZh}`,
  length: () => '答案太长，一次请求装不下，请一次少问一些。',
  key: (details) =>
    `模型服务器拒绝了我的密钥，暂时无法编写 SQL。管理员可设置 ${details.variable ?? '密钥'}。${verifiedZh}`,
  credit: () => `模型账户的余额已用完或已达到消费上限，暂时无法编写 SQL。管理员可向供应商提高额度。${verifiedZh}`,
  no_model: (details) =>
    `没有名为“${askedZh(details)}”的模型${atZh(details)}。管理员可设置 ${details.variable ?? '模型'}${details.models ? `；可用的有 ${details.models}` : ''}。${verifiedZh}`,
  context: () =>
    `问题和表结构即使精简后仍超出模型能读的长度。管理员可给模型更大的上下文，或把 MEMORI_PROMPT_SIZE 设为 small。${verifiedZh}`,
  web_page: (details) =>
    `返回的是网页，而不是模型的回答${atZh(details)}：那里可能是代理或别的服务。管理员可检查 ${details.variable ?? '地址'}。${verifiedZh}`,
  wrong_url: (details) =>
    `那个地址${atZh(details)}没有模型 API。管理员可检查 ${details.variable ?? '地址'}；多数服务器的地址以 /v1 结尾。${verifiedZh}`,
  request: () => `模型拒绝了我的请求方式，暂时无法编写 SQL。管理员可在日志中看到原因。${verifiedZh}`,
  refusal: () => '模型拒绝回答这个问题，请换一种问法。',
};

/** Undefined for a failure that does not say why. */
export function modelFailureText(locale: Locale, details: ErrorDetails): string | undefined {
  const texts = locale === 'zh' ? zh : en;
  const { reason } = details;
  return typeof reason === 'string' && reason in texts ? texts[reason as FailureReason](details) : undefined;
}
