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
  // By page of each level; of a hundred thousand images each is one comparison.
  const nearest = chosen.map((level) => new Float64Array(offsets[level + 1] - offsets[level]).fill(Infinity));
  const cells = chosen.map((level) => levels[level].columns ** 2);
  for (const row of rows) {
    const d = distance(row);
    for (let k = 0; k < chosen.length; k++) {
      const page = Math.floor(slots[row] / cells[k]);
      if (d < nearest[k][page]) nearest[k][page] = d;
    }
  }
  return chosen.flatMap((level, k) => {
    const seen = [...nearest[k].keys()].filter((page) => nearest[k][page] < Infinity);
    return seen.sort((a, b) => nearest[k][a] - nearest[k][b]).map((page) => offsets[level] + page);
  });
}
