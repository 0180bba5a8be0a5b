/**
 * Short vectors of a view, as the site publishes them: 24 bytes of head, scales, numbers.
 *
 * @typedef {{count: number, numbers: number, scales: Float32Array, values: Int8Array}} Vectors
 *   values row by row; a number times its scale is what it stands for
 */
import { t } from '../../shared/strings.js';
import { Said } from '../ui/said.js';

const HEAD = 24;
const FORMAT = 1;

/**
 * @param {ArrayBuffer} buffer
 * @param {{count: number, version: string}} expected of the catalogue
 * @returns {Vectors}
 * @throws {Said} what is wrong with the file
 */
export function parse(buffer, expected) {
  const view = new DataView(buffer);
  const letters = (/** @type {number} */ from, /** @type {number} */ count) =>
    String.fromCharCode(...new Uint8Array(buffer, from, Math.max(0, Math.min(count, buffer.byteLength - from))));
  if (buffer.byteLength < HEAD || letters(0, 4) !== 'VLVV' || view.getUint8(5) !== 1) throw new Said(t('like.damaged'));
  if (view.getUint8(4) !== FORMAT) throw new Said(t('like.format', { found: view.getUint8(4), wanted: FORMAT }));
  const numbers = view.getUint16(6, true);
  const count = view.getUint32(8, true);
  if (letters(12, 12) !== expected.version || count !== expected.count) throw new Said(t('like.version'));
  if (buffer.byteLength !== HEAD + 4 * numbers + count * numbers) throw new Said(t('like.damaged'));
  const scales = new Float32Array(numbers);
  for (let i = 0; i < numbers; i++) scales[i] = view.getFloat32(HEAD + 4 * i, true);
  return { count, numbers, scales, values: new Int8Array(buffer, HEAD + 4 * numbers) };
}
