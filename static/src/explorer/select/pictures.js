/**
 * The pictures of images as files: thumbnails over http; from file://, where scripts may not read
 * them, what the largest level of the atlas holds.
 *
 * @typedef {import('../ui/explorer.js').Explorer} Explorer
 * @typedef {{name: string, bytes: Uint8Array<ArrayBuffer>, type: string}} Picture
 */
import { thumbFile } from '../../shared/links.js';
import { accessOf } from '../../shared/rights.js';
import { shapeOf } from '../gl/atlas-info.js';

const AT_ONCE = 6;

/**
 * @param {Explorer} app
 * @param {number[]} rows
 * @param {(done: number) => void} said
 * @returns {Promise<(Picture | null)[]>} null where one could not be read, or may not be taken away
 */
export async function pictures(app, rows, said) {
  /** @type {(Picture | null)[]} */
  const found = new Array(rows.length).fill(null);
  const cut = cutter(app);
  let [next, done] = [0, 0];
  const work = async () => {
    while (next < rows.length) {
      const at = next++;
      if (accessOf(app.catalogue, rows[at]) === 'open') found[at] = await (app.data.local ? cut(rows[at]) : fetched(app, rows[at])).catch(() => null);
      said(++done);
    }
  };
  // Atlas pages are decoded one after another: likes lie on one page.
  await Promise.all(Array.from({ length: app.data.local ? 1 : AT_ONCE }, work));
  return found;
}

/** @param {Explorer} app @param {number} row @returns {Promise<Picture>} */
async function fetched(app, row) {
  const id = app.catalogue.ids[row];
  const response = await fetch(thumbFile(app.root, id));
  if (!response.ok) throw new Error(`${id}: ${response.status}`);
  return { name: `${id}.webp`, bytes: new Uint8Array(await response.arrayBuffer()), type: 'image/webp' };
}

/** @param {Explorer} app @returns {(row: number) => Promise<Picture>} */
function cutter(app) {
  const { catalogue, data } = app;
  const level = catalogue.atlas.levels[catalogue.atlas.levels.length - 1];
  /** @type {{page: number, bitmap: ImageBitmap} | null} */
  let last = null;
  return async (row) => {
    const slot = catalogue.atlas.slots[row];
    const cells = level.columns ** 2;
    const page = Math.floor(slot / cells);
    if (last?.page !== page) {
      last?.bitmap.close();
      last = { page, bitmap: await data.page(level.cell, page, new AbortController().signal) };
    }
    const shape = shapeOf(catalogue.width[row], catalogue.height[row]);
    const [width, height] = shape.map((share) => Math.max(1, Math.round(share * level.cell)));
    const canvas = document.createElement('canvas');
    [canvas.width, canvas.height] = [width, height];
    const cell = slot % cells;
    const [x, y] = [(cell % level.columns) * level.cell, Math.floor(cell / level.columns) * level.cell];
    canvas.getContext('2d')?.drawImage(last.bitmap, x, y, width, height, 0, 0, width, height);
    const blob = await blobOf(canvas);
    return { name: `${catalogue.ids[row]}.png`, bytes: new Uint8Array(await blob.arrayBuffer()), type: blob.type };
  };
}

/** @param {HTMLCanvasElement} canvas @returns {Promise<Blob>} as PNG */
export function blobOf(canvas) {
  return new Promise((resolve, reject) => canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('The picture is too large.')))));
}

/** @param {Picture} picture @returns {string} a data address */
export function addressOf({ bytes, type }) {
  let text = '';
  for (let i = 0; i < bytes.length; i += 8192) text += String.fromCharCode(...bytes.subarray(i, i + 8192));
  return `data:${type};base64,${btoa(text)}`;
}
