/**
 * What the main thread does at a size: `node bench/explorer/threads.mjs [COUNT]`. Milliseconds of the
 * processor, which do not hang on what else the machine does.
 */
import { neededPages } from '../../static/src/explorer/scene/needs.js';
import { Passage } from '../../static/src/explorer/scene/passage.js';
import { pick } from '../../static/src/explorer/scene/pick.js';
import { Places } from '../../static/src/explorer/scene/places.js';
import { Matching } from '../../static/src/explorer/ui/matching.js';
import { TextSearch } from '../../static/src/explorer/ui/text-search.js';

const count = Number(process.argv[2] ?? 100_000);
const rows = Array.from({ length: count }, (_, row) => row);
const words = 'sphere eclipse moon sun epicycle eccentric table climate zodiac wheel planet orb axis armillary'.split(' ');
const catalogue = {
  count,
  ids: rows.map((row) => `image-${row}`),
  titles: rows.map((row) => `${words[row % 14]} ${words[(row * 7) % 13]} of ${words[(row * 3) % 11]}, f. ${row % 400}`),
  sources: rows.map((row) => `Library, MS ${row % 40}`),
  dates: rows.map((row) => `c. ${900 + (row % 700)}`),
  years: rows.map((row) => [900 + (row % 700), 950 + (row % 700)]),
  facets: [{ key: 'source', label: 'Source', values: rows.slice(0, 40).map((row) => `MS ${row}`), index: rows.map((row) => row % 40) }],
};
const side = Math.ceil(Math.sqrt(count));
const file = { layout: 'map', ids: catalogue.ids, x: rows.map((row) => (row % side) / side), y: rows.map((row) => Math.floor(row / side) / side), size: 1 / side };
const levels = [8, 16, 64, 128].map((cell) => ({ cell, columns: 1024 / cell, pages: Math.ceil(count / (1024 / cell) ** 2) }));
const offsets = [0, 7, 32, 423, 1986];
const nothing = { filters: {}, years: null, undated: false, numbers: {} };

/** @param {string} name @param {() => unknown} work */
async function measured(name, work, times = 5) {
  await work();
  const before = process.cpuUsage();
  for (let k = 0; k < times; k++) await work();
  const { user, system } = process.cpuUsage(before);
  console.log(`| ${name} | ${((user + system) / 1000 / times).toFixed(1)} ms |`);
}

console.log(`\n### main thread, ${count.toLocaleString('en')} images\n\n| work | processor |\n|---|---|`);
let places;
await measured('a layout made ready, with its index', () => (places = new Places(file, catalogue.ids)));
const distance = (row) => (places.xy[row * 2] - 0.5) ** 2 + (places.xy[row * 2 + 1] - 0.5) ** 2;
await measured('what is in view and which pages it needs, whole', () => {
  const seen = [];
  places.index.within(0, 0, 1, 1, (row) => seen.push(row));
  return neededPages(seen, distance, rows, levels, offsets, 0);
});
await measured('the same, zoomed in eight times', () => {
  const seen = [];
  places.index.within(0.45, 0.45, 0.575, 0.575, (row) => seen.push(row));
  return neededPages(seen, distance, rows, levels, offsets, 2);
});
const shape = new Float32Array(count * 2).fill(1);
const rank = new Uint8Array(count).fill(255);
await measured('a pick', () => pick(places, shape, rank, 0.512, 0.498, 0.001), 200);
const passage = new Passage(count);
passage.jump(places.xy, places.size);
await measured('start of a passage', () => passage.start(places.xy, places.size, 0.5, 0.5));
const matching = new Matching(catalogue);
await measured('a filter', () => matching.set({ ...nothing, filters: { source: ['MS 3'] } }, null, null));
await measured('counts of a facet', () => matching.counts(0));
const search = new TextSearch(catalogue);
await measured('index of the search', async () => {
  search.index = null;
  search.prepare(async () => ({ text: [] }));
  await search.index;
}, 1);
// Searches come last: at this size the index alone takes long.
for (const query of ['e', 'ep', 'epicycle moon']) await measured(`search “${query}”`, () => search.find(query), 3);
