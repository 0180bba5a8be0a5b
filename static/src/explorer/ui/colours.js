/** Colours of the style sheet, for what is drawn by the graphics card. */

/** Opacity of lines on the ground and between images. */
const LINE = 0.42;

/**
 * @param {Element} element
 * @returns {number[]} the hairline of pictures with its opacity, 0-1
 */
export function edgeOf(element) {
  return parse(getComputedStyle(element).getPropertyValue('--plate-edge').trim());
}

/** @param {Element} element @returns {{edge: number[], ink: number[], paper: number[]}} what the stage draws with */
export function stageColours(element) {
  const style = getComputedStyle(element);
  const token = (/** @type {string} */ name) => parse(style.getPropertyValue(name).trim());
  const [r, g, b] = token('--ink');
  return { edge: edgeOf(element), ink: [r, g, b, LINE], paper: token('--ground') };
}

/**
 * @param {string} text a colour as the style sheet's tokens write them: #rrggbb or rgb(r g b / a)
 * @returns {number[]} red, green, blue and opacity, 0-1
 */
export function parse(text) {
  const hex = /^#([0-9a-f]{6})$/i.exec(text);
  if (hex) {
    const value = parseInt(hex[1], 16);
    return [(value >> 16) / 255, ((value >> 8) & 255) / 255, (value & 255) / 255, 1];
  }
  const short = /^#([0-9a-f])([0-9a-f])([0-9a-f])$/i.exec(text);
  if (short) return [...short.slice(1).map((digit) => parseInt(digit + digit, 16) / 255), 1];
  const numbers = (text.match(/[\d.]+%?/g) ?? []).map((part) => (part.endsWith('%') ? parseFloat(part) / 100 : Number(part)));
  const [r = 128, g = 128, b = 128, a = 1] = numbers;
  return [r / 255, g / 255, b / 255, a];
}
