/** A text as the rules read it: `folded` has the same length, with plain Latin letters and digits in place of others, `lower` in small letters. */
export type Prepared = { readonly text: string; readonly folded: string; readonly lower: string };

/** Letters that Unicode does not take apart. */
const plain: Readonly<Record<string, string>> = {
  ł: 'l',
  Ł: 'L',
  ø: 'o',
  Ø: 'O',
  đ: 'd',
  Đ: 'D',
  ı: 'i',
  ə: 'e',
  '’': "'",
};

/** Without the accents of Latin letters, which people leave out when they type: `contraseña`, `hasło`, `şifre`. */
export const fold = (text: string): string =>
  text.replace(
    /[\u00C0-\u024F\u0259\u1E00-\u1EFF\u2019]/g,
    (letter) => plain[letter] ?? letter.normalize('NFD').charAt(0),
  );

/** Digits of other scripts (Arabic, Devanagari, Thai …) as 0 to 9. Their blocks begin with the zero. */
const asciiDigits = (text: string): string =>
  text.replace(
    /[\u0660-\u0669\u06F0-\u06F9\u0966-\u096F\u09E6-\u09EF\u0BE6-\u0BEF\u0C66-\u0C6F\u0E50-\u0E59]/g,
    (digit) => {
      const code = digit.charCodeAt(0);
      return String(
        code >= 0x0966 && code <= 0x0c6f ? ((code - 0x0966) % 0x80) % 10 : code >= 0x0e50 ? code - 0x0e50 : code & 0xf,
      );
    },
  );

/** `keepLength`: positions must be those of the text as it came, even where a full-width form would be made plain. */
export function prepare(raw: string, keepLength = false): Prepared {
  const normal = raw.normalize('NFKC');
  const text = asciiDigits(keepLength && normal.length !== raw.length ? raw : normal);
  const folded = fold(text);
  const lower = folded.toLowerCase();
  return { text, folded, lower: lower.length === folded.length ? lower : folded };
}
