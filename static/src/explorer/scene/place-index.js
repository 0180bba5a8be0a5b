/** An index of points by the cell of a square lattice: finds what lies in a rectangle. */
export class PlaceIndex {
  /**
   * @param {Float32Array} xy x and y of every point
   * @param {number} size a length of the order of the distance between points
   */
  constructor(xy, size) {
    this.xy = xy;
    const count = xy.length / 2;
    let [left, top, right, bottom] = [0, 0, 0, 0];
    for (let i = 0; i < count; i++) {
      left = Math.min(left, xy[i * 2]);
      right = Math.max(right, xy[i * 2]);
      top = Math.min(top, xy[i * 2 + 1]);
      bottom = Math.max(bottom, xy[i * 2 + 1]);
    }
    this.left = left;
    this.top = top;
    // At most about 1,000 cells a side, however small the images are.
    this.cell = Math.max(size, (right - left) / 1000, (bottom - top) / 1000, 1e-9);
    this.columns = Math.floor((right - left) / this.cell) + 1;
    this.rows = Math.floor((bottom - top) / this.cell) + 1;
    this.starts = new Uint32Array(this.columns * this.rows + 1);
    this.points = new Uint32Array(count);
    this.sort(count);
  }

  /** Counting sort of the points by cell. @param {number} count */
  sort(count) {
    const cells = new Uint32Array(count);
    for (let i = 0; i < count; i++) {
      const column = Math.floor((this.xy[i * 2] - this.left) / this.cell);
      const row = Math.floor((this.xy[i * 2 + 1] - this.top) / this.cell);
      cells[i] = row * this.columns + column;
      this.starts[cells[i] + 1]++;
    }
    for (let c = 0; c < this.columns * this.rows; c++) this.starts[c + 1] += this.starts[c];
    const next = this.starts.slice();
    for (let i = 0; i < count; i++) this.points[next[cells[i]]++] = i;
  }

  /**
   * Calls back with every point of a rectangle, edges included.
   *
   * @param {number} left
   * @param {number} top
   * @param {number} right
   * @param {number} bottom
   * @param {(point: number) => void} found
   */
  within(left, top, right, bottom, found) {
    const c0 = Math.max(0, Math.floor((left - this.left) / this.cell));
    const c1 = Math.min(this.columns - 1, Math.floor((right - this.left) / this.cell));
    const r0 = Math.max(0, Math.floor((top - this.top) / this.cell));
    const r1 = Math.min(this.rows - 1, Math.floor((bottom - this.top) / this.cell));
    for (let r = r0; r <= r1; r++) {
      const end = this.starts[r * this.columns + c1 + 1];
      for (let k = this.starts[r * this.columns + c0]; k < end; k++) {
        const i = this.points[k];
        const [x, y] = [this.xy[i * 2], this.xy[i * 2 + 1]];
        if (x >= left && x <= right && y >= top && y <= bottom) found(i);
      }
    }
  }
}
