import type { Locale } from '../base/namespace.ts';
import { type ErrorTexts, en, errorsEn, type Texts } from './en.ts';
import { errorsZh, zh } from './zh.ts';

/** The language of an answer: a question typed in Chinese gets Chinese, whatever the profile says. */
export const localeOf = (text: string, fallback: Locale): Locale => {
  const han = text.match(/\p{Script=Han}/gu)?.length ?? 0;
  if (han > 0) return han * 2 >= (text.match(/[a-z]+/gi)?.length ?? 0) ? 'zh' : fallback;
  return /[a-z]{3}/i.test(text) ? 'en' : fallback;
};

export const textsFor = (locale: Locale): Texts => (locale === 'zh' ? zh : en);
export const errorTextsFor = (locale: Locale): ErrorTexts => (locale === 'zh' ? errorsZh : errorsEn);
