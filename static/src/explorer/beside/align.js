/**
 * Lays one map over another as well as turning, mirroring, scaling and shifting can (Procrustes),
 * so that what moved between two views is what their likeness moved, not how a map happens to lie.
 *
 * @param {Float32Array} moving x and y by row
 * @param {Float32Array} fixed
 * @returns {{xy: Float32Array, scale: number}} the moving ones laid over the fixed
 */
export function aligned(moving, fixed) {
  const n = moving.length / 2;
  const [a, b] = [middle(moving), middle(fixed)];
  // Sums of products of the centred places: all that the best turn depends on.
  let [xx, xy, yx, yy, square, wanted] = [0, 0, 0, 0, 0, 0];
  for (let i = 0; i < n; i++) {
    const [mx, my] = [moving[i * 2] - a[0], moving[i * 2 + 1] - a[1]];
    const [fx, fy] = [fixed[i * 2] - b[0], fixed[i * 2 + 1] - b[1]];
    xx += mx * fx;
    xy += mx * fy;
    yx += my * fx;
    yy += my * fy;
    square += mx * mx + my * my;
    wanted += fx * fx + fy * fy;
  }
  const turned = Math.hypot(xx + yy, xy - yx);
  const mirrored = Math.hypot(xx - yy, xy + yx);
  const flip = mirrored > turned ? -1 : 1;
  const fit = Math.max(turned, mirrored);
  // As large as the other, not as small as maps that have little in common would have to be.
  const scale = square > 0 && wanted > 0 ? Math.sqrt(wanted / square) : 1;
  const angle = fit > 0 ? Math.atan2(xy - flip * yx, xx + flip * yy) : 0;
  const [cos, sin] = [Math.cos(angle) * scale, Math.sin(angle) * scale];
  const result = new Float32Array(moving.length);
  for (let i = 0; i < n; i++) {
    const [mx, my] = [moving[i * 2] - a[0], flip * (moving[i * 2 + 1] - a[1])];
    result[i * 2] = b[0] + cos * mx - sin * my;
    result[i * 2 + 1] = b[1] + sin * mx + cos * my;
  }
  return { xy: result, scale };
}

/** @param {Float32Array} xy @returns {[number, number]} */
function middle(xy) {
  const n = Math.max(1, xy.length / 2);
  let [x, y] = [0, 0];
  for (let i = 0; i < xy.length; i += 2) {
    x += xy[i];
    y += xy[i + 1];
  }
  return [x / n, y / n];
}

/**
 * Who moved most between two maps that lie over each other.
 *
 * @param {Float32Array} before x and y by row
 * @param {Float32Array} after
 * @param {Iterable<number>} rows of whom it is asked
 * @returns {{row: number, far: number}[]} the furthest first, equal ones by row
 */
export function moved(before, after, rows) {
  return [...rows]
    .map((row) => ({ row, far: Math.hypot(before[row * 2] - after[row * 2], before[row * 2 + 1] - after[row * 2 + 1]) }))
    .sort((a, b) => b.far - a.far || a.row - b.row);
}
