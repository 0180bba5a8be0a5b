/**
 * Gives a selection out of the browser as files.
 *
 * @typedef {import('../ui/explorer.js').Explorer} Explorer
 * @typedef {'csv' | 'json' | 'zip' | 'svg' | 'png' | 'iiif'} Kind
 */
import { strToU8, zipSync } from 'fflate';
import { save } from '../../shared/saving.js';
import { accessOf, creditOf } from '../../shared/rights.js';
import { t } from '../../shared/strings.js';
import { sheet } from './figure.js';
import { addressOf, blobOf, pictures } from './pictures.js';
import { csv, json, records } from './tables.js';

/** A figure of more images would be no figure. */
const PLATES = 300;
/** Of every file in a ZIP, so that the same selection gives the same bytes. */
const THEN = new Date(1980, 0, 1);

/** @param {Explorer} app @returns {Kind[]} those that can be had */
export function kinds(app) {
  return ['csv', 'json', 'zip', 'svg', 'png', ...(iiif(app) ? /** @type {const} */ (['iiif']) : [])];
}

/** @param {Explorer} app @returns {string} address of a manifest with `{id}` in it, "" where there are none */
function iiif({ catalogue: { credit } }) {
  return credit?.site_url && credit.iiif ? credit.site_url + credit.iiif : '';
}

/** @param {Explorer} app @returns {string} address of the site's root */
function rootOf(app) {
  return app.catalogue.credit?.site_url || new URL(app.root, location.href.split('#')[0]).href;
}

/**
 * @param {Explorer} app
 * @param {Kind} kind
 * @param {number[]} rows
 */
export async function exported(app, kind, rows) {
  const name = `${slug(app.catalogue.title)}-${rows.length}`;
  if (kind === 'iiif') return save(`${name}-iiif.txt`, rows.map((row) => `${iiif(app).replace('{id}', app.catalogue.ids[row])}\n`).join(''), 'text/plain');
  if (kind === 'csv' || kind === 'json') {
    const known = await table(app, rows);
    if (kind === 'csv') save(`${name}.csv`, csv(known), 'text/csv');
    else save(`${name}.json`, json(app.catalogue, known, location.href), 'application/json');
    return;
  }
  if (kind === 'zip') return save(`${name}.zip`, await zipped(app, rows), 'application/zip');
  if (rows.length > PLATES) app.show(t('export.cut', { most: PLATES, n: rows.length }));
  const made = await figure(app, rows.slice(0, PLATES));
  save(`${name}.${kind}`, kind === 'svg' ? made.svg : await drawn(made), kind === 'svg' ? 'image/svg+xml' : 'image/png');
}

/** @param {Explorer} app @param {number[]} rows */
async function table(app, rows) {
  const { columns } = await app.data.get('measures').catch(() => ({ columns: [] }));
  return records(app.catalogue, rows, columns, rootOf(app));
}

/** @param {Explorer} app @param {number[]} rows */
async function zipped(app, rows) {
  const found = await read(app, rows);
  /** @type {import('fflate').Zippable} */
  const files = { 'images.csv': [strToU8(csv(await table(app, rows))), { level: 6 }] };
  // Pictures are compressed already.
  for (const one of found) if (one) files[one.name] = [one.bytes, { level: 0 }];
  return /** @type {Uint8Array<ArrayBuffer>} */ (zipSync(files, { mtime: THEN }));
}

/** @param {Explorer} app @param {number[]} rows */
async function read(app, rows) {
  const found = await pictures(app, rows, (done) => {
    if (done % 50 === 0 && done < rows.length) app.show(t('export.reading', { done, n: rows.length }));
  });
  const closed = rows.filter((row) => accessOf(app.catalogue, row) !== 'open').length;
  const lost = found.filter((one) => !one).length - closed;
  if (closed) app.show(t('export.closed', { n: closed }));
  if (lost) app.show(t('export.lost', { n: lost }));
  return found;
}

/** @param {Explorer} app @param {number[]} rows */
async function figure(app, rows) {
  const { catalogue } = app;
  const found = await read(app, rows);
  const plates = rows.flatMap((row, i) => {
    const picture = found[i];
    const under = [catalogue.sources[row], catalogue.dates[row], creditOf(catalogue, row)].filter(Boolean).join(', ');
    return picture ? [{ title: catalogue.titles[row], under, picture: addressOf(picture), width: catalogue.width[row], height: catalogue.height[row] }] : [];
  });
  const { credit } = catalogue;
  const credits = [
    [catalogue.title, (credit?.authors ?? []).join('; '), t('export.version', { version: catalogue.version }), credit?.licence ?? ''].filter(Boolean).join('. '),
    credit?.site_url ?? '',
  ].filter(Boolean);
  return sheet(plates, { title: t('export.title', { title: catalogue.title, n: plates.length }), credits });
}

/** @param {{svg: string, width: number, height: number}} made @returns {Promise<Blob>} */
async function drawn({ svg, width, height }) {
  const url = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }));
  try {
    const image = new Image();
    image.src = url;
    await image.decode();
    const canvas = document.createElement('canvas');
    // Twice as fine as the screen, within what browsers draw.
    const fine = Math.min(2, 16000 / Math.max(width, height));
    [canvas.width, canvas.height] = [Math.round(width * fine), Math.round(height * fine)];
    canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
    return await blobOf(canvas);
  } finally {
    URL.revokeObjectURL(url);
  }
}

/** @param {string} title */
function slug(title) {
  return title.normalize('NFKD').toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '-').replace(/^-|-$/g, '').slice(0, 40) || 'images';
}
