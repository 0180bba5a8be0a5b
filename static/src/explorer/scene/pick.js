/**
 * Which image is under a point, and which is next in a direction.
 *
 * @typedef {import('./places.js').Places} Places
 */

/**
 * The image under a point: of those whose picture holds it, the one drawn on top; else the nearest
 * whose picture is within reach.
 *
 * @param {Pick<Places, 'xy' | 'size' | 'index'>} places
 * @param {Float32Array} shape width and height of each picture as a share of its square
 * @param {Uint8Array} rank how fully each image is shown; 0 cannot be picked
 * @param {number} x
 * @param {number} y
 * @param {number} reach how far beside a picture still counts
 * @returns {number} row, or -1
 */
export function pick(places, shape, rank, x, y, reach) {
  const half = places.size / 2 + reach;
  let inside = -1;
  let near = -1;
  let nearest = reach;
  places.index.within(x - half, y - half, x + half, y + half, (row) => {
    if (!rank[row]) return;
    const gap = gapTo(places, shape, row, x, y);
    if (gap === 0) {
      const higher = inside < 0 || rank[row] > rank[inside] || (rank[row] === rank[inside] && row > inside);
      if (higher) inside = row;
    } else if (gap < nearest || (gap === nearest && near < 0)) {
      nearest = gap;
      near = row;
    }
  });
  return inside >= 0 ? inside : near;
}

/**
 * The image of the landscape under a point of the window: of those whose picture holds it, the one
 * nearest to the eye; else the nearest whose picture is within reach.
 *
 * @param {Pick<import('./stage.js').Stage, 'boxOf' | 'visible' | 'sprites'>} stage
 * @param {number} x CSS pixels
 * @param {number} y
 * @param {number} reach
 * @returns {number} row, or -1
 */
export function pickStanding(stage, x, y, reach) {
  let [best, gap, large] = [-1, reach, 0];
  for (const row of stage.visible()) {
    const box = stage.boxOf(row);
    const dx = Math.max(0, Math.abs(x - box.x - box.width / 2) - box.width / 2);
    const dy = Math.max(0, Math.abs(y - box.y - box.height / 2) - box.height / 2);
    const far = Math.hypot(dx, dy);
    // All are as large as they are near to the eye.
    const size = box.width / (stage.sprites.shape[row * 2] || 1);
    if (far > gap || (far === gap && size <= large)) continue;
    [best, gap, large] = [row, far, size];
  }
  return best;
}

/**
 * @param {Pick<Places, 'xy' | 'size'>} places
 * @param {Float32Array} shape
 * @param {number} row
 * @param {number} x
 * @param {number} y
 * @returns {number} distance of a point from a picture, 0 inside it
 */
export function gapTo(places, shape, row, x, y) {
  const dx = Math.abs(x - places.xy[row * 2]) - (shape[row * 2] * places.size) / 2;
  const dy = Math.abs(y - places.xy[row * 2 + 1]) - (shape[row * 2 + 1] * places.size) / 2;
  return Math.hypot(Math.max(0, dx), Math.max(0, dy));
}

/**
 * The next image in a direction: near counts, straight counts double.
 *
 * @param {Float32Array} xy
 * @param {Uint8Array} rank 0 is passed over
 * @param {number} from row
 * @param {number} dx unit vector of the direction
 * @param {number} dy
 * @returns {number} row, or -1 at the edge
 */
export function nextTowards(xy, rank, from, dx, dy) {
  let best = -1;
  let least = Infinity;
  for (let row = 0; row < xy.length / 2; row++) {
    if (row === from || !rank[row]) continue;
    const vx = xy[row * 2] - xy[from * 2];
    const vy = xy[row * 2 + 1] - xy[from * 2 + 1];
    const along = vx * dx + vy * dy;
    const aside = Math.abs(vx * dy - vy * dx);
    if (along <= 1e-9 || aside > along * 1.2) continue;
    const cost = along + 2 * aside;
    if (cost < least) {
      least = cost;
      best = row;
    }
  }
  return best;
}

/**
 * @param {Float32Array} xy
 * @param {Uint8Array} rank 0 is passed over
 * @param {number} x
 * @param {number} y
 * @returns {number} the row whose centre is nearest, or -1
 */
export function nearestTo(xy, rank, x, y) {
  let best = -1;
  let least = Infinity;
  for (let row = 0; row < xy.length / 2; row++) {
    if (!rank[row]) continue;
    const distance = (xy[row * 2] - x) ** 2 + (xy[row * 2 + 1] - y) ** 2;
    if (distance < least) {
      least = distance;
      best = row;
    }
  }
  return best;
}
