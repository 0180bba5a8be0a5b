/**
 * Arithmetic of the atlas: which page and which rectangle show an image at a level.
 * Pages of all levels are numbered through: level 0 first.
 *
 * @typedef {import('../../shared/contract.js').AtlasLevel} AtlasLevel
 */

/** Bytes of one page of 1024 x 1024 pixels in the texture. */
export const PAGE_BYTES = 1024 * 1024 * 4;

/**
 * @param {AtlasLevel[]} levels
 * @returns {number[]} number of the first page of every level, and the total as last entry
 */
export function pageOffsets(levels) {
  const offsets = [0];
  for (const level of levels) offsets.push(offsets[offsets.length - 1] + level.pages);
  return offsets;
}

/**
 * @param {number} number a page, numbered through all levels
 * @param {number[]} offsets as from `pageOffsets`
 * @returns {{level: number, page: number}}
 */
export function pageOf(number, offsets) {
  let level = 0;
  while (number >= offsets[level + 1]) level++;
  return { level, page: number - offsets[level] };
}

/**
 * Share of a square that a picture fills: the longer side fills it.
 *
 * @param {number} width
 * @param {number} height
 * @returns {[number, number]}
 */
export function shapeOf(width, height) {
  const longer = Math.max(width, height, 1);
  return [Math.max(width, 1) / longer, Math.max(height, 1) / longer];
}

/**
 * Where a slot's picture is on its page, in pixels.
 *
 * @param {AtlasLevel} level
 * @param {number} slot
 * @param {number} width of the picture, any unit
 * @param {number} height
 * @returns {{page: number, x: number, y: number, width: number, height: number}}
 */
export function slotRectangle(level, slot, width, height) {
  const cells = level.columns * level.columns;
  const page = Math.floor(slot / cells);
  const cell = slot - page * cells;
  const longer = Math.max(width, height);
  return {
    page,
    x: (cell % level.columns) * level.cell,
    y: Math.floor(cell / level.columns) * level.cell,
    width: Math.max(1, Math.floor((level.cell * width) / longer + 0.5)),
    height: Math.max(1, Math.floor((level.cell * height) / longer + 0.5)),
  };
}

/**
 * The level to show a picture at: the smallest whose cells are not enlarged.
 *
 * @param {AtlasLevel[]} levels smallest first
 * @param {number} pixels size of an image's square on screen, in device pixels
 * @returns {number}
 */
export function wantedLevel(levels, pixels) {
  const level = levels.findIndex((candidate) => candidate.cell >= pixels);
  return level < 0 ? levels.length - 1 : level;
}

/**
 * How many layers the texture gets.
 *
 * @param {number} budget bytes
 * @param {number} pages of all levels together
 * @param {number} limit the device's MAX_ARRAY_TEXTURE_LAYERS
 * @returns {number}
 */
export function layerCount(budget, pages, limit) {
  return Math.max(1, Math.min(Math.floor(budget / PAGE_BYTES), pages, limit));
}
