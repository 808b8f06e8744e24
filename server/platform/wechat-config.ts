/** The part of the environment that speaks of WeChat: all or nothing, with the interface's own addresses as defaults. */
import { WECHAT_WORDS, type WeChatSettings, type WeChatWord } from '#server/gateways/wechat.ts';
import type { Mode } from './migrate.ts';

const NAME = 'YILU_WECHAT';
const SCRIPT = 'https://res.wx.qq.com/open/js/jweixin-1.6.0.js';

/** `undefined` where nothing of it is set. Adds to `problems` what is missing or wrong; no value is repeated there. */
export function readWeChat(
  read: (name: string) => string | undefined,
  mode: Mode,
  problems: string[],
): WeChatSettings | undefined {
  const of = (name: string) => read(`${NAME}_${name}`);
  const [appId, secret, pages] = [of('APP_ID'), of('SECRET'), of('PAGES')];
  const [template, fields, token] = [of('TEMPLATE'), of('FIELDS'), of('TOKEN')];
  if ([appId, secret, pages, template, fields, token].every((value) => value === undefined)) return undefined;
  if (!/^wx[0-9a-f]{16}$/.test(appId ?? ''))
    problems.push(`${NAME}_APP_ID is not the id of an official account (wx and 16 characters).`);
  if ((secret ?? '').length < 16) problems.push(`${NAME}_SECRET is missing: the official account's AppSecret.`);
  const settings = {
    appId: appId ?? '',
    secret: secret ?? '',
    pages: address('PAGES', pages, 'the address members open, such as https://member.example.com'),
    api: address('API', of('API') ?? 'https://api.weixin.qq.com', "WeChat's interface"),
    open: address('OPEN', of('OPEN') ?? 'https://open.weixin.qq.com', 'the page on which WeChat asks'),
    script: of('SCRIPT') ?? SCRIPT,
    ...(token === undefined ? {} : { callbackToken: token }),
  };
  if (token !== undefined && !/^[A-Za-z0-9]{3,32}$/.test(token))
    problems.push(`${NAME}_TOKEN has 3 to 32 letters and digits, as entered at WeChat.`);
  if (!URL.canParse(settings.script)) problems.push(`${NAME}_SCRIPT is not the address of a script.`);
  if (template === undefined && fields === undefined) return settings;
  const places = readFields(fields ?? '');
  if (template === undefined) problems.push(`${NAME}_TEMPLATE is missing: the id of the template of messages.`);
  if (!places)
    problems.push(
      `${NAME}_FIELDS says what stands in the template's fields: field=word, separated by commas, such as thing1=text,time2=time; words are ${WECHAT_WORDS.join(', ')}, and "text" is needed.`,
    );
  return { ...settings, template: { id: template ?? '', fields: places ?? {} } };

  /** Scheme and host, without the slash at the end. */
  function address(name: string, value: string | undefined, what: string): string {
    const url = URL.parse(value ?? '');
    const near = url?.hostname === 'localhost' || url?.hostname === '127.0.0.1';
    if (!url || !['http:', 'https:'].includes(url.protocol) || url.pathname !== '/' || url.search !== '')
      problems.push(`${NAME}_${name} is ${what}: scheme and host only.`);
    else if (mode === 'production' && url.protocol !== 'https:' && !near)
      problems.push(`${NAME}_${name} must be https in production.`);
    return url?.origin ?? 'http://localhost';
  }
}

function readFields(text: string): Record<string, WeChatWord> | undefined {
  const pairs = text.split(',').map((pair) => pair.split('=').map((part) => part.trim()));
  const good = pairs.every(
    ([field = '', word = '', ...rest]) =>
      /^[a-z_]+\d*$/.test(field) && WECHAT_WORDS.some((one) => one === word) && rest.length === 0,
  );
  if (!good || !pairs.some(([, word]) => word === 'text')) return undefined;
  return Object.fromEntries(pairs.map(([field, word]) => [field, word as WeChatWord]));
}
