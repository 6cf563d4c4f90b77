import type { Locale } from '../../core/base/namespace.ts';
import { en, type Texts } from './en.ts';
import { zh } from './zh.ts';

/** The Slack surface's texts in a person's language. */
export const textsFor = (locale: Locale): Texts => (locale === 'zh' ? zh : en);
