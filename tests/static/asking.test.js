import assert from 'node:assert/strict';
import { test } from 'node:test';
import { arranged } from '../../static/src/explorer/like/arrange.js';
import { question, ranking, scores } from '../../static/src/explorer/like/rank.js';
import { parse } from '../../static/src/explorer/like/vectors.js';
import { regions } from '../../static/src/explorer/colour/regions.js';
import { slotsOf, ramp } from '../../static/src/explorer/colour/ramp.js';
import { sizesOf } from '../../static/src/explorer/colour/frames.js';
import { PlaceIndex } from '../../static/src/explorer/scene/place-index.js';
import { Collections } from '../../static/src/explorer/select/collections.js';
import { compared, dominance } from '../../static/src/explorer/select/compare.js';
import { escaped, lines, sheet } from '../../static/src/explorer/select/figure.js';
import { pictures } from '../../static/src/explorer/select/pictures.js';
import { inside, within } from '../../static/src/explorer/select/region.js';
import { csv, records } from '../../static/src/explorer/select/tables.js';
import { Matching } from '../../static/src/explorer/ui/matching.js';
import { binned } from '../../static/src/explorer/ui/number-range.js';
import { forSeeds } from './random.js';

/** A file of vectors as the build writes it. */
function file(random, count, numbers, { version = '0123456789ab', format = 1, magic = 'VLVV' } = {}) {
  const buffer = new ArrayBuffer(24 + 4 * numbers + count * numbers);
  const view = new DataView(buffer);
  [...magic].forEach((letter, i) => view.setUint8(i, letter.charCodeAt(0)));
  view.setUint8(4, format);
  view.setUint8(5, 1);
  view.setUint16(6, numbers, true);
  view.setUint32(8, count, true);
  [...version].forEach((letter, i) => view.setUint8(12 + i, letter.charCodeAt(0)));
  for (let i = 0; i < numbers; i++) view.setFloat32(24 + 4 * i, 0.001 + random() / 100, true);
  for (let i = 0; i < count * numbers; i++) view.setInt8(24 + 4 * numbers + i, Math.floor(random() * 255) - 127);
  return buffer;
}

test('a ranking is that of a naive sum over all vectors', async () => {
  for (let seed = 1; seed <= 30; seed++) {
    let random;
    forSeeds(seed, (one) => { random = one; });
    const vectors = parse(file(random, 50, 7), { count: 50, version: '0123456789ab' });
    const examples = [[3, 100], [9, -35], [12, 60]];
    const real = (row) => Array.from({ length: 7 }, (_, i) => vectors.values[row * 7 + i] * vectors.scales[i]);
    const sum = Array.from({ length: 7 }, (_, i) => examples.reduce((total, [row, weight]) => total + weight * real(row)[i], 0));
    const long = Math.hypot(...sum);
    const naive = Array.from({ length: 50 }, (_, row) => real(row).reduce((total, value, i) => total + (value * sum[i]) / long, 0));
    const found = await scores(vectors, question(vectors, examples));
    naive.forEach((value, row) => assert.ok(Math.abs(value - found[row]) < 1e-5));
    assert.deepEqual([...ranking(found)], [...found.keys()].sort((a, b) => found[b] - found[a] || a - b));
  }
});

test('equal, zero and negative scores are ranked by score, then by row', () => {
  const found = Float32Array.from([-1, 0, 2, -0, 2, -3, 1e-30, -1e-30]);
  assert.deepEqual([...ranking(found)], [2, 4, 6, 1, 3, 7, 0, 5]);
});

test('a file that does not fit is refused with a sentence', () => {
  const random = () => 0.5;
  const expected = { count: 5, version: '0123456789ab' };
  const refused = (buffer, words) => assert.throws(() => parse(buffer, expected), (error) => error.message.includes(words));
  refused(new ArrayBuffer(3), 'damaged');
  refused(file(random, 5, 2, { magic: 'VLVX' }), 'damaged');
  refused(file(random, 5, 2).slice(0, -1), 'damaged');
  refused(file(random, 5, 2, { format: 2 }), 'format 2');
  refused(file(random, 5, 2, { version: 'ffffffffffff' }), 'another build');
  refused(file(random, 6, 2), 'another build');
});

test('a ranking that something newer replaces is broken off', async () => {
  const vectors = { count: 1 << 16, numbers: 1, scales: new Float32Array([1]), values: new Int8Array(1 << 16) };
  assert.equal(await scores(vectors, new Float32Array([1]), async () => false), null);
});

test('in the spiral the more alike lie further in, and no two on one place', () => {
  const order = Uint32Array.from([4, 2, 0, 1, 3]);
  const ids = ['a', 'b', 'c', 'd', 'e'];
  const { x, y, size } = arranged('like', ids, order, new Float32Array(5), '');
  const far = [...order].map((row) => Math.hypot(x[row] - 0.5, y[row] - 0.5));
  assert.deepEqual(far, [...far].sort((a, b) => a - b));
  assert.ok(size > 0 && new Set(x).size === 5);
  const rows = arranged('like.rows', ids, order, new Float32Array(5), '');
  assert.ok(rows.y[4] <= rows.y[3] && rows.x[4] < rows.x[2]);
});

test('a lasso round a rectangle holds what a rectangle holds', () => {
  forSeeds(100, (random, seed) => {
    const xy = Float32Array.from({ length: 80 }, random);
    const [left, right] = [random(), random()].sort((a, b) => a - b);
    const [top, bottom] = [random(), random()].sort((a, b) => a - b);
    const found = within(new PlaceIndex(xy, 0.05), [left, top, right, top, right, bottom, left, bottom]);
    const naive = Array.from({ length: 40 }, (_, row) => row).filter((row) => xy[row * 2] > left && xy[row * 2] < right && xy[row * 2 + 1] > top && xy[row * 2 + 1] < bottom);
    assert.deepEqual(found.sort((a, b) => a - b), naive, `seed ${seed}`);
  });
  assert.equal(inside([0, 0, 2, 0, 2, 2, 1, 0.5, 0, 2], 1, 1), false);
});

test('the dominance of two samples is counted over all pairs', () => {
  forSeeds(100, (random, seed) => {
    const some = () => Float64Array.from({ length: 1 + Math.floor(random() * 9) }, () => Math.floor(random() * 5)).sort();
    const [a, b] = [some(), some()];
    let sum = 0;
    for (const x of a) for (const y of b) sum += Math.sign(x - y);
    assert.ok(Math.abs(dominance(a, b) - sum / (a.length * b.length)) < 1e-12, `seed ${seed}`);
  });
});

test('what tells two sets apart is ranked with its counts', () => {
  const facets = [{ key: 'topic', label: 'Topic', values: ['moon', 'sun'], index: [0, 0, 1, 1, -1, 0] }];
  const columns = [{ name: 'ink', label: 'Ink', unit: '', meaning: '', values: [1, 2, 3, 4, null, null] }];
  const found = compared([0, 1], [2, 3, 4], facets, columns);
  assert.deepEqual(found.map(({ kind, value, a, b, ofA, ofB }) => [kind, value, a, b, ofA, ofB]), [
    ['value', 'moon', 2, 0, 2, 3], ['number', undefined, 1.5, 3.5, 2, 2], ['value', 'sun', 0, 2, 2, 3], ['value', '', 0, 1, 2, 3],
  ]);
  assert.deepEqual(compared([0, 1], [0, 1], facets, columns), []);
  assert.deepEqual(compared([], [0], facets, columns), []);
});

test('a table survives quotes, commas, lines and formulas', () => {
  const catalogue = {
    ids: ['a', 'b'], titles: ['"Moon", two\nlines', '=1+1'], sources: ['', '@x'], dates: ['', ''], years: [[900, 950], null],
    facets: [{ key: 'topic', label: 'Topic', values: ['moon'], index: [0, -1] }],
    closed: { restricted: [0], withheld: [] }, credits: { texts: ['© Library'], index: [0, -1] },
  };
  const columns = [{ name: 'ink', values: [0.5, null] }];
  const text = csv(records(catalogue, [0, 1], columns, 'https://x.org/'));
  assert.equal(text, '\ufeffid,title,source,date,first_year,last_year,topic,ink,rights_status,credit,page\r\na,"""Moon"", two\nlines",,,900,950,moon,0.5,restricted,© Library,https://x.org/items/a/index.html\r\nb,\'=1+1,\'@x,,,,,,open,,https://x.org/items/b/index.html\r\n');
});

test('captions lose no word, and markup in them stays text', () => {
  const words = 'A very long title of a diagram with planets and a great many words that go on';
  assert.equal(lines(words, 2, 20).join(' '), words);
  assert.deepEqual(lines('', 3), []);
  assert.equal(escaped('<a>&"\u0001'), '&#60;a&#62;&#38;&#34;');
  const { svg, width } = sheet([{ title: '<b>', under: '', picture: 'data:,', width: 2, height: 1 }], { title: 'T', credits: ['C'] });
  assert.ok(svg.includes('&#60;b&#62;') && !svg.includes('<b>') && width > 0);
});

test('collections are kept where they can be, and damaged ones do no harm', () => {
  const kept = new Map();
  globalThis.localStorage = { getItem: (key) => kept.get(key) ?? null, setItem: (key, value) => void kept.set(key, value) };
  assert.equal(new Collections('here').keep('One', ['a']), true);
  assert.deepEqual(new Collections('here').all, [{ name: 'One', ids: ['a'] }]);
  assert.deepEqual(new Collections('there').all, []);
  kept.set('volvelle-collections:here', '[{"name": 3}, {"name": "ok", "ids": []}]');
  assert.deepEqual(new Collections('here').all, [{ name: 'ok', ids: [] }]);
  kept.set('volvelle-collections:here', '{broken');
  assert.deepEqual(new Collections('here').all, []);
  globalThis.localStorage = { getItem: () => { throw new Error('refused'); }, setItem: () => { throw new Error('refused'); } };
  const refused = new Collections('here');
  assert.equal(refused.keep('Two', ['b']), false);
  assert.deepEqual(refused.all, [{ name: 'Two', ids: ['b'] }]);
});

test('ranges, missing values and what to undo agree with a naive filter', () => {
  forSeeds(150, (random, seed) => {
    const count = 25;
    const values = Array.from({ length: count }, () => (random() < 0.2 ? null : random()));
    const years = Array.from({ length: count }, () => (random() < 0.3 ? null : [900, 900 + Math.floor(random() * 100)]));
    const index = Array.from({ length: count }, () => Math.floor(random() * 3) - 1);
    const catalogue = { count, years, facets: [{ key: 't', values: ['a', 'b'], index }] };
    const state = {
      filters: random() < 0.5 ? { t: ['a', ''] } : {}, years: random() < 0.5 ? [950, 990] : null, undated: random() < 0.5,
      numbers: { ink: { range: random() < 0.7 ? [0.2, 0.6] : null, missing: random() < 0.5 } },
    };
    const matching = new Matching(catalogue);
    matching.set(state, null, null, null, [{ name: 'ink', values }]);
    const tests = {
      'f.t': (row) => !state.filters.t || index[row] !== 1,
      years: (row) => (!state.years && !state.undated) || (years[row] ? Boolean(state.years) && years[row][1] >= 950 : state.undated),
      'n.ink': (row) => (values[row] === null ? state.numbers.ink.missing : state.numbers.ink.range !== null && values[row] >= 0.2 && values[row] <= 0.6),
    };
    const rows = Array.from({ length: count }, (_, row) => row);
    const pass = (row, but = '') => Object.entries(tests).every(([name, one]) => name === but || one(row));
    assert.deepEqual(matching.rows(), rows.filter((row) => pass(row)), `seed ${seed}`);
    for (const { condition, total } of matching.undoing()) assert.equal(total, rows.filter((row) => pass(row, condition)).length, `seed ${seed} ${condition}`);
  });
});

test('every value falls into one bar', () => {
  const values = [0, 0.1, 0.5, 0.99, 1];
  assert.deepEqual([...binned(values, 0, 1, 4)], [2, 0, 1, 2]);
  assert.deepEqual([...binned([3, 3], 3, 3, 4)], [2, 0, 0, 0]);
});

test('the most frequent values have colours of their own, larger numbers larger pictures', () => {
  const slots = slotsOf(Array.from({ length: 20 }, (_, i) => i));
  assert.equal(slots[19], 0);
  assert.equal(new Set(slots).size, 16);
  assert.deepEqual(ramp(0), [0, 34, 78]);
  assert.deepEqual(ramp(2), [254, 232, 56]);
  const sizes = sizesOf([1, 3, 2, null]);
  assert.ok(sizes[0] < sizes[2] && sizes[2] < sizes[1] && sizes[1] === 1 && sizes[3] === sizes[0]);
});

test('names stand where their images lie, and strewn groups have none', () => {
  const xy = Float32Array.from([0.1, 0.1, 0.12, 0.1, 0.11, 0.12, 0.9, 0.9, 0.91, 0.9, 0.9, 0.92, 0, 1, 1, 0, 0.5, 0.5, 1, 1, 0, 0]);
  const found = regions(xy, Int32Array.from([0, 0, 0, 1, 1, 1, 2, 2, 2, 2, 2]), ['low', 'high', 'strewn'], () => true);
  assert.deepEqual(found.map(({ text }) => text).sort(), ['high', 'low']);
  assert.ok(found.every(({ x, y, text }) => (text === 'low') === (x < 0.2 && y < 0.2)));
});

test('pictures that may not be taken away are not read', async () => {
  const asked = [];
  globalThis.fetch = async (path) => {
    asked.push(path);
    return { ok: true, arrayBuffer: async () => new ArrayBuffer(3) };
  };
  const catalogue = {
    ids: ['a', 'b', 'c', 'd'], closed: { restricted: [1], withheld: [2], hosted: [3] }, atlas: { levels: [{ cell: 128, columns: 8, pages: 1 }], slots: [0, 1, 2, 3] },
  };
  const found = await pictures({ catalogue, root: './', data: { local: false } }, [0, 1, 2, 3], () => {});
  assert.deepEqual(found.map((one) => one?.name ?? null), ['a.webp', null, null, 'd.webp']);
  assert.deepEqual(asked.sort(), ['./thumbs/a.webp', './thumbs/d.webp']);
});
