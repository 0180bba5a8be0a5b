/**
 * A selection as text: CSV, JSON, and lists of addresses.
 *
 * @typedef {import('../../shared/contract.js').Catalogue} Catalogue
 * @typedef {import('../../shared/contract.js').NumberColumn} NumberColumn
 */
import { accessOf, creditOf } from '../../shared/rights.js';
import { isFound } from '../ui/found.js';

/**
 * @param {Catalogue} catalogue
 * @param {number[]} rows
 * @param {NumberColumn[]} columns
 * @param {string} root address of the site, ending in "/"
 * @returns {Record<string, string | number | null>[]} what is known of each
 */
export function records(catalogue, rows, columns, root) {
  const facets = catalogue.facets.filter(({ key }) => !isFound(key));
  return rows.map((row) => ({
    id: catalogue.ids[row],
    title: catalogue.titles[row],
    source: catalogue.sources[row],
    date: catalogue.dates[row],
    first_year: catalogue.years[row]?.[0] ?? null,
    last_year: catalogue.years[row]?.[1] ?? null,
    ...Object.fromEntries(facets.filter(({ key }) => !OWN.has(key)).map(({ key, values, index }) => [key, values[index[row]] ?? ''])),
    ...Object.fromEntries(columns.map(({ name, values }) => [name, values[row] ?? null])),
    rights_status: accessOf(catalogue, row),
    credit: creditOf(catalogue, row),
    page: `${root}items/${catalogue.ids[row]}/index.html`,
  }));
}

const OWN = new Set(['id', 'title', 'source', 'date', 'first_year', 'last_year', 'rights_status', 'credit', 'page']);

/** @param {Record<string, string | number | null>[]} records @returns {string} with a byte order mark, for spreadsheets */
export function csv(records) {
  if (!records.length) return '\ufeff';
  const names = Object.keys(records[0]);
  const lines = [names, ...records.map((record) => names.map((name) => record[name]))];
  return `\ufeff${lines.map((line) => line.map(cell).join(',')).join('\r\n')}\r\n`;
}

/** A text that a spreadsheet would run as a formula begins with an apostrophe. @param {string | number | null} value */
function cell(value) {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  const safe = /^[=+\-@\t\r\n＝＋－＠]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replace(/"/g, '""')}"` : safe;
}

/** @param {Catalogue} catalogue @param {Record<string, unknown>[]} records @param {string} address that shows them */
export function json(catalogue, records, address) {
  const { title, version, credit } = catalogue;
  return `${JSON.stringify({ catalogue: title, version, licence: credit?.licence ?? '', address, count: records.length, images: records }, null, 1)}\n`;
}
