/**
 * Ranks a catalogue by examples: the inner product of every image's vector with the weighted sum
 * of the examples'.
 *
 * @typedef {import('./vectors.js').Vectors} Vectors
 * @typedef {import('../../shared/contract.js').State['examples']} Examples
 */

/** Images between two looks whether something newer is asked. */
const SLICE = 1 << 15;

/**
 * @param {Vectors} vectors
 * @param {Examples} examples
 * @returns {Float32Array} what each number of an image is multiplied by: the sum at unit length,
 *   scales multiplied in
 */
export function question({ numbers, scales, values }, examples) {
  const sum = new Float64Array(numbers);
  for (const [row, weight] of examples) {
    for (let i = 0; i < numbers; i++) sum[i] += weight * values[row * numbers + i] * scales[i];
  }
  const length = Math.hypot(...sum);
  return Float32Array.from(sum, (value, i) => (length ? (value / length) * scales[i] : 0));
}

/**
 * @param {Vectors} vectors
 * @param {Float32Array} asked of `question`
 * @param {() => Promise<boolean>} [pause] called between slices; whether to go on
 * @returns {Promise<Float32Array | null>} by row, 1 is the same; null where it was broken off
 */
export async function scores(vectors, asked, pause = async () => true) {
  const { count, numbers, values } = vectors;
  const result = new Float32Array(count);
  for (let from = 0; from < count; from += SLICE) {
    if (from && !(await pause())) return null;
    const to = Math.min(count, from + SLICE);
    for (let row = from, at = from * numbers; row < to; row++) {
      let sum = 0;
      for (let i = 0; i < numbers; i++) sum += asked[i] * values[at++];
      result[row] = sum;
    }
  }
  return result;
}

/**
 * @param {Float32Array} found
 * @returns {Uint32Array} rows, highest score first, equal ones by row
 */
export function ranking(found) {
  // A float's bits, turned so that they sort as whole numbers; the row in the lower digits.
  const bits = new Uint32Array(found.buffer.slice(found.byteOffset, found.byteOffset + found.byteLength));
  const ROWS = 2 ** 21;
  const keys = Float64Array.from(bits, (word, row) => {
    const up = word === 0x80000000 ? 0x80000000 : word >>> 31 ? ~word >>> 0 : (word | 0x80000000) >>> 0;
    return (0xffffffff - up) * ROWS + row;
  }).sort();
  return Uint32Array.from(keys, (key) => key % ROWS);
}
