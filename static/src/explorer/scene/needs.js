/**
 * Which atlas pages the view needs.
 *
 * @typedef {import('../../shared/contract.js').AtlasLevel} AtlasLevel
 */

/**
 * The pages of the visible images: those of the smallest level first (they serve every picture at
 * little cost), then those of the wanted level, in each the most central page first.
 *
 * @param {Iterable<number>} rows visible images
 * @param {(row: number) => number} distance from the middle of the view, any unit
 * @param {ArrayLike<number>} slots
 * @param {AtlasLevel[]} levels
 * @param {number[]} offsets number of the first page of every level
 * @param {number} wanted level
 * @returns {number[]} pages, numbered through all levels
 */
export function neededPages(rows, distance, slots, levels, offsets, wanted) {
  const chosen = wanted > 0 ? [0, wanted] : [0];
  const nearest = chosen.map(() => /** @type {Map<number, number>} */ (new Map()));
  for (const row of rows) {
    const d = distance(row);
    chosen.forEach((level, k) => {
      const page = offsets[level] + Math.floor(slots[row] / levels[level].columns ** 2);
      if (d < (nearest[k].get(page) ?? Infinity)) nearest[k].set(page, d);
    });
  }
  return nearest.flatMap((pages) => [...pages].sort((a, b) => a[1] - b[1]).map(([page]) => page));
}
