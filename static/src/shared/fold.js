/**
 * Folds text so that a search finds it however it was written: without case, diacritics, vowel
 * marks, and the variants of Greek sigma and of Arabic alif, ya and ta marbuta.
 *
 * The same rule serves what is indexed and what is asked. It is for searching only; what is shown
 * is never folded.
 */

/** @type {Record<string, string>} Letters that normalisation leaves apart. */
const SAME = {
  'ς': 'σ', 'ϲ': 'σ',
  'أ': 'ا', 'إ': 'ا', 'آ': 'ا', 'ٱ': 'ا', 'ى': 'ي', 'ة': 'ه',
  'æ': 'ae', 'œ': 'oe', 'ø': 'o', 'ð': 'd', 'þ': 'th', 'ł': 'l', 'đ': 'd', 'ß': 'ss', 'ı': 'i',
};

const VARIANTS = new RegExp(`[${Object.keys(SAME).join('')}]`, 'gu');

/**
 * @param {string} text
 * @returns {string} the folded text; letters of every script stay
 */
export function fold(text) {
  return text
    .normalize('NFKD')
    .replace(/[\p{M}\u0640]/gu, '')
    .toLowerCase()
    .replace(VARIANTS, (letter) => SAME[letter]);
}

/**
 * @param {string} text
 * @returns {string[]} the folded words of a text: runs of letters and digits
 */
export function words(text) {
  return fold(text).match(/[\p{L}\p{N}]+/gu) ?? [];
}
