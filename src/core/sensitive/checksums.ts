// Check digits tell a real number from one that only has its length. Each function ignores separators.

const digitsOf = (value: string): number[] => [...value.replace(/\D/g, '')].map(Number);

/** Payment cards (ISO/IEC 7812-1, Luhn). */
export function luhnHolds(value: string): boolean {
  const sum = digitsOf(value)
    .reverse()
    .reduce((total, digit, at) => total + (at % 2 === 0 ? digit : digit * 2 - (digit > 4 ? 9 : 0)), 0);
  return sum % 10 === 0;
}

/** IBAN (ISO 13616): the first four characters moved to the end, letters as 10 to 35, modulo 97 is 1. */
export function ibanHolds(value: string): boolean {
  const text = value.replace(/\s/g, '').toUpperCase();
  const digits = [...`${text.slice(4)}${text.slice(0, 4)}`].map((character) => Number.parseInt(character, 36)).join('');
  return [...digits].reduce((rest, digit) => (rest * 10 + Number(digit)) % 97, 0) === 1;
}

/** Spanish DNI and NIE: the letter is the number modulo 23. */
export function spanishIdHolds(value: string): boolean {
  const number = value.replace(/^[XYZ]/, (letter) => String('XYZ'.indexOf(letter))).replace(/\D/g, '');
  return 'TRWAGMYFPDXBNJZSQVHLCKE'[Number(number) % 23] === value.at(-1);
}

/** Chinese resident identity card (GB 11643): ISO 7064 mod 11-2. */
export function chineseIdHolds(value: string): boolean {
  const sum = [...value.slice(0, 17)].reduce((total, digit, at) => total + Number(digit) * (2 ** (17 - at) % 11), 0);
  return '10X98765432'[sum % 11] === value.at(-1)?.toUpperCase();
}

/** Aadhaar (Verhoeff): multiplication in the dihedral group of order 10, with a permutation per position. */
export function aadhaarHolds(value: string): boolean {
  const permutation = [1, 5, 7, 6, 2, 8, 3, 0, 9, 4];
  const permuted = (digit: number, times: number): number =>
    times === 0 ? digit : permuted(permutation[digit] ?? 0, times - 1);
  const sum = digitsOf(value)
    .reverse()
    .reduce((total, digit, at) => dihedral(total, permuted(digit, at % 8)), 0);
  return sum === 0;
}

/** Rotations are 0 to 4, reflections 5 to 9. */
function dihedral(a: number, b: number): number {
  const turn = a % 5;
  const by = b % 5;
  if (a < 5) return b < 5 ? (turn + by) % 5 : 5 + ((turn + by) % 5);
  return b < 5 ? 5 + ((turn - by + 5) % 5) : (turn - by + 5) % 5;
}

/** German tax id (§ 139b AO): ISO 7064 mod 11,10; one digit of the first ten occurs two or three times. */
export function germanTaxIdHolds(value: string): boolean {
  const digits = digitsOf(value);
  if (digits.length !== 11 || new Set(digits.slice(0, 10)).size > 9) return false;
  const product = digits.slice(0, 10).reduce((last, digit) => (((digit + last) % 10 || 10) * 2) % 11, 10);
  return (11 - product) % 10 === digits[10];
}
