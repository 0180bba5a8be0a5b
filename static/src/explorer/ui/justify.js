/**
 * Sets pictures in rows that fill a width, each in its proportions, all of a row equally high.
 *
 * @param {number[]} aspects width by height of each picture
 * @param {number} width of the rows
 * @param {number} height that rows should have
 * @param {number} gap between two pictures
 * @param {number} [least] width by height that a place has at least; narrower pictures stand in it
 * @returns {[number, number][]} width and height of each place; the last row may stay short
 */
export function justified(aspects, width, height, gap, least = 0.2) {
  /** @type {[number, number][]} */
  const places = [];
  /** @type {number[]} */
  let row = [];
  const natural = () => row.reduce((sum, aspect) => sum + aspect * height, 0) + gap * (row.length - 1);
  const set = (/** @type {boolean} */ full) => {
    const room = width - gap * (row.length - 1);
    const share = row.reduce((sum, aspect) => sum + aspect, 0);
    // Half a pixel is left, so that rounding never breaks a row; a short last row keeps its height.
    const high = full ? (room - 0.5) / share : Math.min(height, (room - 0.5) / share);
    for (const aspect of row) places.push([aspect * high, high]);
    row = [];
  };
  for (const aspect of aspects) {
    // Extremely long pictures are held back, or their row would be a line.
    row.push(Math.min(Math.max(aspect, least), 6));
    if (natural() >= width) set(true);
  }
  if (row.length) set(false);
  return places;
}
