/** Which points lie in a region of the plane. */

/**
 * By the even-odd rule; a point on an edge may count either way.
 *
 * @param {number[]} outline x and y of its corners, one after another
 * @param {number} x
 * @param {number} y
 */
export function inside(outline, x, y) {
  let odd = false;
  const last = outline.length - 2;
  for (let i = 0, j = last; i <= last; j = i, i += 2) {
    const [xi, yi, xj, yj] = [outline[i], outline[i + 1], outline[j], outline[j + 1]];
    if (yi > y !== yj > y && x < ((xj - xi) * (y - yi)) / (yj - yi) + xi) odd = !odd;
  }
  return odd;
}

/**
 * @param {import('../scene/place-index.js').PlaceIndex} index
 * @param {number[]} outline in the unit of the layout
 * @returns {number[]} rows whose centres lie inside
 */
export function within(index, outline) {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (let i = 0; i < outline.length; i += 2) {
    left = Math.min(left, outline[i]);
    right = Math.max(right, outline[i]);
    top = Math.min(top, outline[i + 1]);
    bottom = Math.max(bottom, outline[i + 1]);
  }
  /** @type {number[]} */
  const rows = [];
  index.within(left, top, right, bottom, (row) => {
    if (inside(outline, index.xy[row * 2], index.xy[row * 2 + 1])) rows.push(row);
  });
  return rows;
}
