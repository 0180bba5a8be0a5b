import assert from 'node:assert/strict';
import { test } from 'node:test';
import { emptyState, fromHash, read, toHash } from '../../static/src/shared/address.js';
import { Keys, LENGTH, short } from '../../static/src/explorer/state/keys.js';
import { reduce } from '../../static/src/explorer/state/reduce.js';
import { told } from '../../static/src/explorer/state/told.js';
import { forSeeds } from './random.js';

const CATALOGUE = {
  count: 30,
  ids: Array.from({ length: 30 }, (_, i) => `image-${i}`),
  views: [{ name: 'look', layouts: ['map', 'grid'], clusters: 3, vectors: { numbers: 4, bytes: 99, overlap: 1 } }, { name: 'form', layouts: ['map'], clusters: 0 }],
  facets: [{ key: 'topic', values: ['moon', 'sun'], index: Array.from({ length: 30 }, (_, i) => (i % 3) - 1) }],
  numbers: [{ name: 'ink', label: 'Ink', unit: '', meaning: '' }],
};
const KEYS = new Keys(CATALOGUE.ids);

/** Any action, sensible or not. @param {() => number} random */
function anyAction(random) {
  const rows = Array.from({ length: 6 }, () => Math.floor(random() * 34) - 2);
  const one = (...all) => all[Math.floor(random() * all.length)];
  return one(
    { type: 'select', rows, how: one('set', 'add', 'remove', 'toggle') },
    { type: 'weigh', rows, weight: one(0, 100, -40, 500) },
    { type: 'range', name: one('ink', 'other'), range: one(null, { range: [0.25, 0.5], missing: true }, { range: null, missing: true }) },
    { type: 'change', changes: one({ layout: 'grid' }, { layout: 'like.rows' }, { layout: 'x' }, { view: 'form' }, { view: '' }, { colour: 'n.ink' }, { colour: 'cluster' }, { query: 'moon' }, { filters: { topic: ['moon', ''] } }, { sized: 'ink', dense: true, undated: true }, { camera: { x: 0.5, y: 0.25, z: 3 } }) },
  );
}

test('every state that actions lead to is serialisable, fits, and comes back from its address', () => {
  forSeeds(200, (random, seed) => {
    let state = emptyState();
    for (let i = 0; i < 12; i++) {
      const before = JSON.stringify(state);
      const next = reduce(state, anyAction(random), CATALOGUE);
      assert.equal(JSON.stringify(state), before, `seed ${seed}: a state is never changed`);
      state = next;
      assert.deepEqual(JSON.parse(JSON.stringify(state)), state, `seed ${seed}`);
      const back = reduce(emptyState(), { type: 'restore', state: fromHash(toHash(state, KEYS), KEYS) }, CATALOGUE);
      assert.deepEqual(back, state, `seed ${seed}`);
    }
  });
});

test('selecting is what sets of rows say', () => {
  forSeeds(200, (random, seed) => {
    const some = () => Array.from({ length: 8 }, () => Math.floor(random() * 30));
    const [first, second] = [some(), some()];
    const [a, b] = [new Set(first), new Set(second)];
    const start = reduce(emptyState(), { type: 'select', rows: first, how: 'set' }, CATALOGUE);
    const expected = {
      set: [...b], add: [...a, ...[...b].filter((row) => !a.has(row))], remove: [...a].filter((row) => !b.has(row)),
      toggle: [...[...a].filter((row) => !b.has(row)), ...[...b].filter((row) => !a.has(row))],
    };
    for (const [how, rows] of Object.entries(expected)) {
      const { selected } = reduce(start, { type: 'select', rows: second, how }, CATALOGUE);
      assert.deepEqual(selected, rows.sort((x, y) => x - y), `seed ${seed} ${how}`);
    }
  });
});

test('the first example shows the ranking, the last one taken away ends it', () => {
  const first = reduce({ ...emptyState(), layout: 'grid' }, { type: 'weigh', rows: [3], weight: 100 }, CATALOGUE);
  const elsewhere = reduce({ ...first, layout: 'grid' }, { type: 'weigh', rows: [4], weight: -50 }, CATALOGUE);
  assert.equal(first.layout, 'like');
  assert.equal(elsewhere.layout, 'grid');
  assert.equal(reduce(first, { type: 'weigh', rows: [3], weight: 0 }, CATALOGUE).layout, '');
  assert.equal(reduce({ ...first, view: 'form' }, { type: 'change', changes: {} }, CATALOGUE).layout, '');
});

test('names in addresses hang on the id alone and find it in another order', () => {
  const other = new Keys([...CATALOGUE.ids].reverse().slice(1));
  const { rows, lost } = other.find(KEYS.write([0, 5, 29]));
  assert.deepEqual(rows.map((row) => other.ids[row]).sort(), ['image-0', 'image-5']);
  assert.equal(lost, 1);
  assert.equal(short('image-0').length, LENGTH);
});

test('images whose names are the same are written whole', () => {
  const keys = new Keys(['twin', 'other', 'third']);
  const known = keys.read();
  for (const [bits, row] of known) if (row === 1) known.set(bits, -1);
  assert.equal(keys.write([0, 1]), `${short('twin')}.other`);
  assert.deepEqual(keys.find(keys.write([0, 1, 2])), { rows: [0, 1, 2], lost: 0 });
});

test('a hundred thousand ids have names of their own, but for a few', () => {
  const names = new Set(Array.from({ length: 100_000 }, (_, i) => short(`ms-${i % 977}-f${i}r`)));
  assert.ok(names.size > 99_990);
});

test('what an address says in vain is told, what it says by default is not', () => {
  const { state, bad, lost } = read('#l=nowhere&v=look&years=1..x&f.topic=mars|moon&sel=AAAAAA&huh=1', KEYS);
  const kept = reduce(emptyState(), { type: 'restore', state }, CATALOGUE);
  const words = told(state, kept, bad, lost, { view: 'look', layout: 'map' });
  for (const part of ['nowhere', 'years', 'mars', 'huh', '1 image']) assert.ok(words.includes(part), part);
  assert.ok(!words.includes('look') && !words.includes('moon'));
  assert.equal(told(kept, kept, [], 0, {}), '');
});

test('longer selections than can be written are left out of the address', () => {
  const state = { ...emptyState(), selected: [1, 2, 3] };
  assert.equal(toHash(state, KEYS, 2), '');
  assert.equal(fromHash(toHash(state, KEYS, 3), KEYS).selected.length, 3);
});
