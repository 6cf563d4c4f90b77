import { ibanHolds, luhnHolds } from './checksums.ts';
import { counts, isOfBusiness, isOfficial } from './identity-rules.ts';
import { at, type LeftOut, labelsOfKinds, linkOf } from './labels.ts';
import { digitsIn, type Rule, shape } from './rule.ts';

const personal = (looksLike: string, pattern: RegExp, holds?: (value: string, whole: string) => boolean): Rule =>
  shape('personal', looksLike, pattern, holds);

/** What the networks' numbers begin with: Visa, Mastercard, Amex, Diners, JCB, Discover, UnionPay. */
const issuer = /^(?:4|5[1-5]|2[2-7]|3[04-9]|6(?:011|2|4|5))/;

const isCard = (value: string, whole: string): boolean =>
  issuer.test(value) && luhnHolds(value) && !counts(whole.slice(whole.indexOf(value) + value.length));

const forms: readonly Rule[] = [
  personal('a card number', /(?<![\w.,-])[2-6]\d{3}(?:[ -]?\d){10,15}(?![\w-]|\.\d)/g, isCard),
  personal('a bank account', /(?<!\w)[a-z]{2}\d{2}(?: ?[a-z0-9]){11,30}(?!\w)/gi, ibanHolds),
  personal('a bank account', /\bsort code\W{0,3}\d{2}-\d{2}-\d{2}\b/gi),
  personal('a bank account', /\b(?:BIC|SWIFT)\b\W{0,3}(?:code\W{0,3})?[A-Z]{6}[A-Z0-9]{2}(?:[A-Z0-9]{3})?\b/g),
  personal('a bank account', /\b(?:CLABE|CBU|IBAN|BBAN|ABA|IFSC|BSB)\b\W{0,3}[A-Z]{0,4}\d(?:[ -]?[A-Z0-9]){5,25}\b/g),
  personal('a wallet address', /\b0x[0-9a-fA-F]{40}\b|\b(?:bc1|tb1|ltc1|addr1)[a-z0-9]{25,100}\b/g),
  personal(
    'a wallet address',
    /(?<![\w/+=-])(?:[13][1-9A-HJ-NP-Za-km-z]{25,34}|[TLDr][1-9A-HJ-NP-Za-km-z]{32,34})(?![\w/+=-])/g,
    (value) => /\d/.test(value.slice(1)) && /[a-z]/.test(value) && /[A-Z]/.test(value),
  ),
];

const number = /(?<value>\d(?:[ .\-/]?\d){6,25})(?![\p{L}\p{N}]|[.,]\d)/uy;

/** Behind "account", "card number" in any language. Figures of accounts as things have words between. */
function labelled(leftOut: LeftOut): Rule {
  const label = labelsOfKinds(['account'], leftOut);
  const link = linkOf(leftOut);
  return {
    category: 'personal',
    looksLike: 'a bank account',
    *spans({ folded, lower }) {
      for (const { start, end } of label.places(lower)) {
        const place = link(lower, end);
        const value = at(number, folded, place)?.groups?.value;
        if (value === undefined || !isOfficial(value) || digitsIn(value) < 7) continue;
        if (!counts(folded.slice(place + value.length)) && !isOfBusiness(folded, start))
          yield [place, place + value.length];
      }
    },
  };
}

export const accountRules = (leftOut: LeftOut): readonly Rule[] => [...forms, labelled(leftOut)];
