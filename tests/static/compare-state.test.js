import assert from 'node:assert/strict';
import { test } from 'node:test';
import { csvHead, csvLine } from '../../static/src/compare/line.js';
import { apply, framed, inverse } from '../../static/src/compare/matrix.js';
import { plain, poseWords, raised } from '../../static/src/compare/numbers.js';
import { matching, searched } from '../../static/src/compare/picker.js';
import { emptyState, fromHash, MODES, RATES, reduce, toHash } from '../../static/src/compare/state.js';
import { forSeeds } from './random.js';

const IDS = ['fol-1', 'a&b=c', 'ms ü', '100%', 'كسوف', '"><script>', '!,', '#p=1'];

/** @param {() => number} random @returns {import('../../static/src/compare/state.js').State} */
function anyState(random) {
  const id = () => IDS[Math.floor(random() * IDS.length)];
  const share = () => Number(random().toPrecision(6));
  const count = [0, 3, 4][Math.floor(random() * 3)];
  const tenth = () => Math.round(random() * 40000 - 5000) / 10;
  return {
    a: id(), b: id(), view: random() < 0.5 ? '' : id(), mode: MODES[Math.floor(random() * MODES.length)],
    edge: share(), through: share(), cut: share(), rate: RATES.least + 0.5 * Math.floor(random() * 6),
    safe: random() < 0.5, grid: random() < 0.5, lies: random() < 0.5, orientation: Math.floor(random() * 9) - 1,
    points: Array.from({ length: count }, () => [tenth(), tenth(), tenth(), tenth()]),
    camera: random() < 0.5 ? null : { x: share() * 1000, y: share() * 10, z: 0.1 + share() },
  };
}

/** @param {import('../../static/src/compare/state.js').State} state as an address can hold it */
function rounded(state) {
  const short = (/** @type {number} */ value) => Number(value.toPrecision(6));
  const camera = state.camera && { x: short(state.camera.x), y: short(state.camera.y), z: short(state.camera.z) };
  return { ...state, camera };
}

test('any state comes back from its address as it was', () => {
  forSeeds(400, (random, seed) => {
    const state = rounded(anyState(random));
    assert.deepEqual(fromHash(toHash(state)), state, `seed ${seed}`);
  });
});

test('an address is short and readable', () => {
  assert.equal(toHash({ ...emptyState(), a: 'fol-1', b: 'fol-9' }), '#a=fol-1&b=fol-9');
  assert.equal(toHash({ ...emptyState(), a: 'x', b: 'y', mode: 'swipe', edge: 0.25, grid: true }), '#a=x&b=y&mode=swipe&edge=0.25&grid=1');
});

test('malformed parts are left out, the rest is kept', () => {
  const usual = emptyState();
  assert.deepEqual(fromHash(''), usual);
  const bad = '#a=fol-1&b=%E0%A4%A&mode=dance&edge=7&rate=9&cut=-1&o=8&p=1,2,3,4!5,6,7,8&at=1,2,0&grid=yes&&=x&z';
  assert.deepEqual(fromHash(bad), { ...usual, a: 'fol-1' });
  for (const p of ['1,2,3!1,2,3,4!1,2,3,4', '1,2,3,x!1,2,3,4!1,2,3,4', 'NaN,1,1,1!1,2,3,4!1,2,3,4', '1,2,3,Infinity!1,2,3,4!1,2,3,4', new Array(5).fill('1,2,3,4').join('!')]) {
    assert.deepEqual(fromHash(`#p=${p}`).points, [], p);
  }
});

test('swapped twice is as before, but for the camera', () => {
  forSeeds(200, (random, seed) => {
    const state = anyState(random);
    const once = reduce(state, { type: 'swap' });
    assert.deepEqual([once.a, once.b], [state.b, state.a]);
    assert.deepEqual(reduce(once, { type: 'swap' }), { ...state, camera: null }, `seed ${seed}`);
  });
});

test('turned B is seen turned with the clock, mirrored B mirrored left to right', () => {
  const square = { width: 200, height: 200 };
  const at = (/** @type {number} */ o) => apply(inverse(framed(square, square, o)), 150, 130);
  for (let from = 0; from < 8; from++) {
    const [x, y] = at(from);
    const turned = at(reduce(emptyState(), { type: 'turn', from }).orientation);
    const mirrored = at(reduce(emptyState(), { type: 'mirror', from }).orientation);
    // About the middle, with the clock: (x, y) goes to (-y, x).
    assert.deepEqual(turned.map(Math.round), [200 - y, x].map(Math.round), `from ${from}`);
    assert.deepEqual(mirrored.map(Math.round), [200 - x, y].map(Math.round), `from ${from}`);
  }
});

test('another image begins anew; a point moves alone; the third stays', () => {
  const points = [[1, 1, 1, 1], [2, 1, 2, 1], [1, 2, 1, 2], [2, 2, 2, 2]];
  const state = { ...emptyState(), a: 'x', b: 'y', points, orientation: 3, camera: { x: 1, y: 1, z: 2 } };
  assert.deepEqual(reduce(state, { type: 'pick', side: 'b', id: 'z' }), { ...state, b: 'z', points: [], orientation: -1, camera: null });
  assert.deepEqual(reduce(state, { type: 'move', at: 1, side: 'b', x: 7, y: 8 }).points, [points[0], [2, 1, 7, 8], points[2], points[3]]);
  const three = reduce(state, { type: 'drop', at: 0 });
  assert.deepEqual(three.points, points.slice(1));
  assert.equal(reduce(three, { type: 'drop', at: 0 }), three);
});

test('a line of alignments.csv has a field for each column, whatever is written', () => {
  assert.equal(csvHead(), 'image,image,model,m11,m12,m13,m21,m22,m23,m31,m32,m33,who,when,note');
  const laid = { model: 'homography', matrix: [1.5, 0, -20.25, 0, 1, 1e-7, 1 / 3, 0, 1] };
  const line = csvLine('fol-1', 'fol-2', laid, { who: 'Ibn al-Haytham, A.', when: '2026-11-24', note: 'he said "so"\nand more' });
  assert.equal(line, 'fol-1,fol-2,homography,1.5,0,-20.25,0,1,1e-7,0.333333333333,0,1,"Ibn al-Haytham, A.",2026-11-24,"he said ""so"" and more"');
});

test('numbers are said in words a reader has', () => {
  assert.equal(plain(-12.34, 1), '−12.3');
  assert.equal(raised(-12), '⁻¹²');
  assert.equal(poseWords({ scale: 1.234, degrees: 0.01, mirrored: false }), '1.23 times as large, not turned');
  assert.equal(poseWords({ scale: 1, degrees: -3.26, mirrored: true }), '1.00 times as large, mirrored, turned 3.3° against the clock');
});

test('images are found by beginnings of words of title, source and id, in every script', () => {
  const texts = searched({ ids: ['fol-12', 'img.b'], titles: ['Ἔκλειψις of the Moon', 'شَكْل القمر'], sources: ['MS gr. 2', ''] });
  assert.deepEqual(matching(texts, 'εκλειψ moo'), [0]);
  assert.deepEqual(matching(texts, 'fol-12'), [0]);
  assert.deepEqual(matching(texts, 'شكل'), [1]);
  assert.deepEqual(matching(texts, 'oon'), []);
  assert.deepEqual(matching(texts, ' '), []);
});
