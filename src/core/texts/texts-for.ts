import type { Locale } from '../base/namespace.ts';
import { type AnswerTexts, type ErrorTexts, en, errorsEn } from './en.ts';
import { type UiTexts, uiEn } from './ui-en.ts';
import { uiZh } from './ui-zh.ts';
import { errorsZh, zh } from './zh.ts';

/** Every text that people see, except errors, in one language. */
export type Texts = AnswerTexts & UiTexts;

const texts: Readonly<Record<Locale, Texts>> = { en: { ...en, ...uiEn }, zh: { ...zh, ...uiZh } };

/** The language of an answer: a question typed in Chinese gets Chinese, whatever the profile says. */
export const localeOf = (text: string, fallback: Locale): Locale => {
  const han = text.match(/\p{Script=Han}/gu)?.length ?? 0;
  if (han > 0) return han * 2 >= (text.match(/[a-z]+/gi)?.length ?? 0) ? 'zh' : fallback;
  return /[a-z]{3}/i.test(text) ? 'en' : fallback;
};

/** The texts of a language, errors excepted. */
export const textsFor = (locale: Locale): Texts => texts[locale];
/** The error texts of a language. */
export const errorTextsFor = (locale: Locale): ErrorTexts => (locale === 'zh' ? errorsZh : errorsEn);
