// Case and marks are folded, and letters that readers of a script write for one another; ʼ and ’ are one sign, as in Kyïv's ’ and '.
const LETTERS = { "ґ": "г", "ς": "σ", "ı": "i", "ł": "l", "đ": "d", "ð": "d", "ø": "o", "æ": "ae", "œ": "oe", "ß": "ss", "þ": "th", "ى": "ي", "ی": "ي", "ک": "ك", "ة": "ه", "ٱ": "ا", "ך": "כ", "ם": "מ", "ן": "נ", "ף": "פ", "ץ": "צ" };
const WRITTEN = new RegExp(`[${Object.keys(LETTERS).join("")}]`, "gu");
export const fold = (words) => words.toLowerCase().normalize("NFKD").replace(/[\p{M}\u0640]+/gu, "").replace(/[ʼ’']/g, "'").replace(WRITTEN, (sign) => LETTERS[sign]);

// Words as they are looked for. A script that writes no spaces gives its signs, and each two that stand together; of a query only the pairs.
const BREAK = /[\n\r\p{Z}\p{P}]+/u, UNSPACED = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}ー]+/gu;
export const tokens = (text, asked = false) => text.split(BREAK).flatMap((word) => {
  const runs = word.match(UNSPACED);
  if (!runs) return [word];
  return [...word.split(UNSPACED), ...runs.flatMap((run) => {
    const signs = [...run], pairs = signs.slice(1).map((sign, n) => signs[n] + sign);
    return asked && pairs.length ? pairs : [...signs, ...pairs];
  })].filter(Boolean);
});
