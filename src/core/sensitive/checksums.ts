// Check digits tell a real number from one that only has its length. Each function ignores separators. Those of national
// numbers are in `stdnum`.

const digitsOf = (value: string): number[] => [...value.replace(/\D/g, '')].map(Number);

/** Payment cards and device numbers (ISO/IEC 7812-1, Luhn). */
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
