import assert from 'node:assert/strict';
import { test } from 'node:test';
import { aligned, moved } from '../../static/src/explorer/beside/align.js';
import { parseEdges } from '../../static/src/explorer/kin/edges.js';
import { gapOf, nextStep, unexpected } from '../../static/src/explorer/kin/unexpected.js';
import { arranged } from '../../static/src/explorer/like/arrange.js';
import { columns, crossedOf, scattered, ticks } from '../../static/src/explorer/scene/crossed.js';
import { Heights } from '../../static/src/explorer/scene/heights.js';
import { Places } from '../../static/src/explorer/scene/places.js';
import { cleanOrbit, FLAT, MOST_TILT, Relief } from '../../static/src/explorer/scene/relief.js';
import { forSeeds } from './random.js';

const WORDS = { other: 'others', missing: 'missing' };
const near = (a, b, within = 1e-6) => Math.abs(a - b) <= within;

test('what stands on the ground of the landscape is found again where it is met', () => {
  forSeeds(200, (random, seed) => {
    const relief = new Relief();
    relief.away = 1000;
    relief.pose = { turn: random() * 360 - 180, tilt: random() * MOST_TILT, rise: random() };
    const [u, v] = [random() * 600 - 300, random() * 600 - 300];
    const [x, y, scale] = relief.stand(u, v, 0);
    assert.ok(scale > 0, `seed ${seed}`);
    const [a, b] = relief.lie(x, y);
    assert.ok(near(a, u, 1e-3) && near(b, v, 1e-3), `seed ${seed}: ${a} ${u}, ${b} ${v}`);
    const higher = relief.stand(u, v, 50);
    assert.ok(higher[1] <= y + 1e-9 || relief.pose.tilt < 20, `seed ${seed}: what is higher is further up`);
  });
});

test('without a tilt and heights all is as on the flat map, and passages end there', () => {
  const relief = new Relief();
  assert.deepEqual([30, -40, 1], relief.stand(30, -40, 999));
  assert.deepEqual([30, -40], relief.lie(30, -40));
  relief.go({ turn: 350, tilt: 40, rise: 1 }, true);
  relief.go(FLAT, false);
  assert.equal(relief.going.from.turn, -10, 'the shorter way round');
  relief.step(performance.now() + 5000);
  assert.ok(relief.flat);
});

test('any angles of an address are turned into some that can be shown', () => {
  assert.deepEqual([-170, MOST_TILT], cleanOrbit([190, 99]));
  assert.deepEqual([-180, 0], cleanOrbit([540, -5]));
  forSeeds(100, (random) => {
    const [turn, tilt] = cleanOrbit([Math.floor(random() * 2000) - 1000, Math.floor(random() * 200) - 50]);
    assert.ok(turn >= -180 && turn < 180 && tilt >= 0 && tilt <= MOST_TILT);
  });
});

test('the ground is high where images lie close', () => {
  const ids = Array.from({ length: 40 }, (_, i) => `i${i}`);
  const places = new Places({ layout: 'a', ids, x: ids.map((_, i) => (i < 39 ? 0.2 + (i % 6) / 100 : 1)), y: ids.map((_, i) => (i < 39 ? 0.2 + Math.floor(i / 6) / 100 : 1)), size: 0.02 }, ids);
  const heights = new Heights(places);
  assert.ok(heights.at(0.22, 0.23) > heights.at(1, 1));
  assert.ok(heights.at(1, 1) > heights.at(0.6, 0.6));
  assert.ok(near(heights.rows[39], heights.at(1, 1)));
});

test('a map that is turned, mirrored, scaled and shifted is laid back', () => {
  forSeeds(100, (random, seed) => {
    const fixed = Float32Array.from({ length: 40 }, random);
    const [angle, scale, flip] = [random() * 7, 0.2 + random() * 3, random() < 0.5 ? -1 : 1];
    const moving = fixed.slice();
    for (let i = 0; i < 20; i++) {
      const [x, y] = [fixed[i * 2] * flip, fixed[i * 2 + 1]];
      moving[i * 2] = scale * (x * Math.cos(angle) - y * Math.sin(angle)) + 5;
      moving[i * 2 + 1] = scale * (x * Math.sin(angle) + y * Math.cos(angle)) - 3;
    }
    const back = aligned(moving, fixed);
    assert.ok(near(back.scale, 1 / scale, 1e-4), `seed ${seed}`);
    assert.ok(back.xy.every((value, i) => near(value, fixed[i], 1e-4)), `seed ${seed}`);
    assert.ok(moved(fixed, back.xy, [3, 1, 2]).every(({ far }) => far < 1e-3));
  });
});

test('who moved most comes first, and only who is asked about', () => {
  const before = Float32Array.of(0, 0, 0, 0, 0, 0, 0, 0);
  const after = Float32Array.of(0, 1, 3, 0, 2, 0, 0, 2);
  assert.deepEqual([{ row: 2, far: 2 }, { row: 3, far: 2 }, { row: 0, far: 1 }], moved(before, after, [0, 3, 2]));
});

/** A file of pairs as the builder writes it. */
function fileOf(count, pairs, version = '0123456789ab') {
  const buffer = new ArrayBuffer(36 + 10 * pairs.length);
  const view = new DataView(buffer);
  [...`VLVE`].forEach((letter, i) => view.setUint8(i, letter.charCodeAt(0)));
  view.setUint8(4, 1);
  view.setUint8(5, 2);
  view.setUint32(8, count, true);
  [...version].forEach((letter, i) => view.setUint8(12 + i, letter.charCodeAt(0)));
  view.setUint32(24, pairs.length, true);
  view.setFloat32(28, 0, true);
  view.setFloat32(32, 1, true);
  pairs.forEach(([a, b, score], at) => {
    view.setUint32(36 + 4 * at, a, true);
    view.setUint32(36 + 4 * (pairs.length + at), b, true);
    view.setUint16(36 + 8 * pairs.length + 2 * at, Math.round(score * 65535), true);
  });
  return buffer;
}

const EXPECTED = { count: 9, version: '0123456789ab' };

test('a threshold cuts the pairs where a plain count does', () => {
  forSeeds(100, (random, seed) => {
    const scores = Array.from({ length: Math.floor(random() * 20) }, () => Math.round(random() * 20) / 20).sort((a, b) => b - a);
    const edges = parseEdges(fileOf(9, scores.map((score, i) => [i % 8, 8, score])), EXPECTED);
    for (const least of [0, 0.5, random(), 1, ...scores]) {
      assert.equal(edges.reaching(least), scores.filter((score) => score >= least - 1e-5).length, `seed ${seed} ${least}`);
    }
  });
});

test('pairs that are damaged or of another build are refused in a sentence', () => {
  const good = fileOf(9, [[0, 1, 1]]);
  for (const bad of [good.slice(0, 20), good.slice(0, -1), fileOf(9, [[0, 9, 1]])]) assert.throws(() => parseEdges(bad, EXPECTED), /damaged/);
  assert.throws(() => parseEdges(fileOf(9, [], 'other version'.slice(0, 12)), EXPECTED), /another build/);
  assert.throws(() => parseEdges(good, { ...EXPECTED, count: 8 }), /another build/);
  assert.equal(parseEdges(good, EXPECTED).length, 1);
});

const PAIRS = parseEdges(fileOf(9, [[0, 1, 1], [2, 3, 0.9], [0, 2, 0.8], [4, 5, 0.7], [1, 2, 0.6], [6, 7, 0.5], [3, 4, 0.4], [5, 6, 0.3]]), EXPECTED);

test('relatives that lie or date far apart are unexpected, the furthest first', () => {
  const xy = new Float32Array(18);
  xy.set([0, 0, 0, 0.5, 0, 0, 0, 0.01]);
  const years = [null, null, [900, 950], [1450, 1450], null, null, null, null, null];
  assert.deepEqual(unexpected(PAIRS, xy, years, () => true), [{ first: 2, second: 3, why: 'date', much: 500 }, { first: 0, second: 1, why: 'far', much: 0.5 }]);
  assert.deepEqual(unexpected(PAIRS, xy, years, (row) => row !== 3).map(({ first }) => first), [0]);
  assert.deepEqual([0, 500, 0], [gapOf([1, 5], [3, 9]), gapOf([900, 950], [1450, 1460]), gapOf(null, [3, 9])]);
});

test('a walk goes to the nearest relative elsewhere that was not seen, and visits all', () => {
  const sources = ['A', 'A', 'B', 'B', '', '', '', '', ''];
  assert.deepEqual({ row: 2, at: 2, place: 2 }, nextStep(PAIRS, 0, new Set([0]), sources, () => true));
  assert.deepEqual({ row: 1, at: 0, place: 1 }, nextStep(PAIRS, 0, new Set([0]), sources, (row) => row !== 2));
  const seen = new Set([0]);
  for (let row = 0, step = null; (step = nextStep(PAIRS, row, seen, sources, () => true)); row = step.row) seen.add(step.row);
  assert.equal(seen.size, 9);
});

const facet = (key, values, index) => ({ key, label: key.toUpperCase(), values, index });

test('columns hold every image once, in their value, none on another', () => {
  forSeeds(100, (random, seed) => {
    const ids = Array.from({ length: 1 + Math.floor(random() * 90) }, (_, i) => `i${i}`);
    const some = (key) => facet(key, ['a', 'b', 'c'], ids.map(() => Math.floor(random() * 4) - 1));
    const [first, then] = [some('x'), some('y')];
    const file = columns(random() < 0.5 ? [first] : [first, then], ids, WORDS);
    const order = ids.map((_, i) => i).sort((a, b) => file.x[a] - file.x[b]);
    const values = order.map((row) => (first.index[row] < 0 ? 9 : first.index[row]));
    assert.deepEqual(values, [...values].sort((a, b) => a - b), `seed ${seed}`);
    for (let a = 0; a < ids.length; a++) {
      for (let b = 0; b < a; b++) assert.ok(Math.max(Math.abs(file.x[a] - file.x[b]), Math.abs(file.y[a] - file.y[b])) >= file.size * 0.99, `seed ${seed}`);
    }
  });
});

test('two numbers stand across and upwards, and who lacks one stands beside the plane', () => {
  forSeeds(60, (random, seed) => {
    const ids = Array.from({ length: 2 + Math.floor(random() * 30) }, (_, i) => `i${i}`);
    const column = (name) => ({ name, label: name, unit: '', meaning: '', values: ids.map(() => (random() < 0.2 ? null : random())) });
    const [a, b] = [column('a'), column('b')];
    const file = scattered(a, b, ids, WORDS);
    const whole = ids.map((_, i) => i).filter((i) => a.values[i] !== null && b.values[i] !== null);
    for (const i of whole) for (const j of whole) if (a.values[i] < a.values[j]) assert.ok(file.x[i] < file.x[j], `seed ${seed}`);
    for (const i of whole) for (const j of whole) if (b.values[i] < b.values[j]) assert.ok(file.y[i] > file.y[j], `seed ${seed}`);
    const lacking = ids.map((_, i) => i).filter((i) => a.values[i] === null);
    for (const i of lacking) for (const j of whole) assert.ok(file.x[i] < file.x[j], `seed ${seed}`);
    assert.ok([...file.x, ...file.y].every(Number.isFinite));
  });
  assert.deepEqual([0, 2, 4, 6, 8, 10], ticks(0, 10));
  assert.deepEqual([3], ticks(3, 3));
});

test('a name of a layout says what it is made of, or nothing', () => {
  const catalogue = { facets: [facet('a', [], []), facet('a.b', [], [])], numbers: [{ name: 'ink' }, { name: 'w' }] };
  assert.deepEqual(['a'], crossedOf('by.a', catalogue).facets.map(({ key }) => key));
  assert.deepEqual(['a.b', 'a'], crossedOf('by.a.b.a', catalogue).facets.map(({ key }) => key));
  assert.deepEqual(['ink', 'w'], crossedOf('of.ink.w', catalogue).numbers);
  assert.equal(null, crossedOf('of.ink', catalogue) ?? crossedOf('by.x', catalogue) ?? crossedOf('map', catalogue));
});

test('rings go outwards with the score, none on another, the most alike in the middle', () => {
  forSeeds(40, (random, seed) => {
    const scores = Float32Array.from({ length: 1 + Math.floor(random() * 150) }, random);
    const order = Uint32Array.from(scores.keys()).sort((a, b) => scores[b] - scores[a]);
    const file = arranged('like.rings', Array.from(scores, String), order, scores, '');
    const far = (row) => Math.hypot(file.x[row] - 0.5, file.y[row] - 0.5);
    assert.ok(near(far(order[0]), 0), `seed ${seed}`);
    for (let i = 1; i < order.length; i++) {
      assert.ok(far(order[i]) >= far(order[i - 1]) - 1e-9, `seed ${seed}`);
      for (let j = 0; j < i; j++) assert.ok(Math.hypot(file.x[order[i]] - file.x[order[j]], file.y[order[i]] - file.y[order[j]]) > file.size * 0.9, `seed ${seed}`);
    }
  });
});
