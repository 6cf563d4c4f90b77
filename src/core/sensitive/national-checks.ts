import { validate as vnr } from 'stdnum/lib/cjs/at/vnr.js';
import { validate as insz } from 'stdnum/lib/cjs/be/insz.js';
import { validate as cpf } from 'stdnum/lib/cjs/br/cpf.js';
import { validate as ahv } from 'stdnum/lib/cjs/ch/ssn.js';
import { validate as ric } from 'stdnum/lib/cjs/cn/ric.js';
import { validate as rc } from 'stdnum/lib/cjs/cz/rc.js';
import { validate as idnr } from 'stdnum/lib/cjs/de/idnr.js';
import { validate as svnr } from 'stdnum/lib/cjs/de/svnr.js';
import { validate as dni } from 'stdnum/lib/cjs/es/dni.js';
import { validate as nie } from 'stdnum/lib/cjs/es/nie.js';
import { validate as hetu } from 'stdnum/lib/cjs/fi/hetu.js';
import { validate as nir } from 'stdnum/lib/cjs/fr/nir.js';
import { validate as nino } from 'stdnum/lib/cjs/gb/nino.js';
import { validate as amka } from 'stdnum/lib/cjs/gr/amka.js';
import { validate as hkid } from 'stdnum/lib/cjs/hk/hkid.js';
import { validate as aadhaar } from 'stdnum/lib/cjs/in/aadhaar.js';
import { validate as codice } from 'stdnum/lib/cjs/it/codicefiscale.js';
import { validate as rrn } from 'stdnum/lib/cjs/kr/rrn.js';
import { validate as curp } from 'stdnum/lib/cjs/mx/curp.js';
import { validate as fnr } from 'stdnum/lib/cjs/no/fodselsnummer.js';
import { validate as cnp } from 'stdnum/lib/cjs/ro/cnp.js';
import { validate as jmbg } from 'stdnum/lib/cjs/rs/jmbg.js';
import { validate as personnummer } from 'stdnum/lib/cjs/se/personnummer.js';
import { validate as ssn } from 'stdnum/lib/cjs/us/ssn.js';
import { validate as zaId } from 'stdnum/lib/cjs/za/idnr.js';

type Validate = (value: string) => { readonly isValid: boolean };

/** A national number that needs no label: `form` is how it is written, and what is between is checked. */
export type BareNumber = { readonly country: string; readonly form: RegExp; readonly validate: Validate };

const number = (country: string, form: string, validate: Validate): BareNumber => ({
  country,
  form: new RegExp(`(?<![\\p{L}\\p{N}.,+/-]|\\d )${form}(?![\\p{L}\\p{N}]|[-.,/]\\d| \\d)`, 'gu'),
  validate,
});
const anyway: Validate = () => ({ isValid: true });

/**
 * Numbers of persons that may stand alone. Each has check digits of two places, or a form with separators or letters that
 * nothing else has; of digits in a row of any length at most one in a hundred passes all of them together (a test counts).
 */
export const bareNumbers: readonly BareNumber[] = [
  number('AT', '\\d{4} \\d{6}', vnr),
  number('BE', '\\d{2}\\.\\d{2}\\.\\d{2}-\\d{3}\\.\\d{2}', insz),
  number('BE', '\\d{11}', insz),
  number('BR', '\\d{3}\\.\\d{3}\\.\\d{3}-\\d{2}', cpf),
  number('CH', '756\\.\\d{4}\\.\\d{4}\\.\\d{2}', ahv),
  number('CN', '\\d{6}(?:19|20)\\d{9}[\\dXx]', ric),
  number('CZ', '\\d{6}/\\d{4}', rc),
  number('DE', '[1-9]\\d \\d{3} \\d{3} \\d{3}', idnr),
  number('DE', '\\d{2} ?\\d{6} ?[A-Z] ?\\d{3}', svnr),
  number('ES', '\\d{8}-?[A-Z]', dni),
  number('ES', '[XYZ]-?\\d{7}-?[A-Z]', nie),
  number('FI', '\\d{6}[-+A]\\d{3}[\\dA-Y]', hetu),
  number('FR', '[12] ?\\d{2} ?(?:0[1-9]|1[0-2]) ?\\d[\\dAB] ?\\d{3} ?\\d{3} ?\\d{2}', nir),
  number('FR', '[12] \\d{2} (?:0[1-9]|1[0-2]) \\d[\\dAB] \\d{3} \\d{3}', anyway),
  number('GB', '[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] ?\\d{2} ?\\d{2} ?\\d{2} ?[A-D]', nino),
  number('GR', '\\d{11}', amka),
  number('HK', '[A-Z]{1,2}\\d{6}\\([\\dA]\\)', hkid),
  number('IN', '[2-9]\\d{3} \\d{4} \\d{4}', aadhaar),
  number('IN', '[A-Z]{3}[ABCFGHLJPT][A-Z]\\d{4}[A-Z]', anyway),
  number('IT', '[A-Z]{6}\\d{2}[A-EHLMPRST]\\d{2}[A-Z]\\d{3}[A-Z]', codice),
  number('KR', '\\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\\d|3[01])-[1-8]\\d{6}', anyway),
  number('KR', '\\d{13}', rrn),
  number('MX', '[A-Z]{4}\\d{6}[HMX][A-Z]{5}[A-Z\\d]\\d', curp),
  number('NO', '\\d{6} ?\\d{5}', fnr),
  number('RO', '\\d{13}', cnp),
  number('RS', '\\d{13}', jmbg),
  number('SE', '(?:19|20)?\\d{6}[-+]\\d{4}', personnummer),
  number('US', '(?!000|666|9)\\d{3}-(?!00)\\d{2}-(?!0000)\\d{4}', ssn),
  number('US', '9\\d{2}-(?:5\\d|6[0-5]|7\\d|8[0-8]|9[0-24-9])-\\d{4}', anyway),
  number('ZA', '\\d{6} ?\\d{4} ?\\d{3}', zaId),
];
