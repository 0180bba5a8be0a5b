import assert from 'node:assert/strict';
import { test } from 'node:test';
import { moved, seen, seenAsItLies, seenInPose, whole, zoomed } from '../../static/src/compare/camera.js';
import { gridPath } from '../../static/src/compare/grid.js';
import { apply, cssMatrix, framed, IDENTITY, inverse, isUsable, multiply, reversed, solved } from '../../static/src/compare/matrix.js';
import { firstPoints, fourthPoint, lyingBy, placed, pose, turnedRound } from '../../static/src/compare/placing.js';
import { emptyState } from '../../static/src/compare/state.js';
import { forSeeds } from './random.js';

const A = { width: 400, height: 300 };
const B = { width: 900, height: 1200 };
const PANE = { width: 500, height: 420 };

/** @param {number[]} actual @param {number[]} expected @param {number} within @param {string} [said] */
function near(actual, expected, within, said) {
  assert.equal(actual.length, expected.length);
  actual.forEach((value, at) => assert.ok(Math.abs(value - expected[at]) <= within, `${said}: ${actual} is not ${expected}`));
}

/** A homography that is no more tilted than a photograph from aside. @param {() => number} random */
function tilted(random) {
  const turn = 2 * Math.PI * random();
  const size = 0.3 + 3 * random();
  const [cos, sin] = [size * Math.cos(turn), size * Math.sin(turn)];
  const flip = random() < 0.5 ? -1 : 1;
  return [cos * flip, -sin * (1 + random() / 3), 900 * random(), sin * flip, cos, 900 * random(), (random() - 0.5) / 2000, (random() - 0.5) / 2000, 1];
}

/** @param {() => number} random @param {number} count */
function spread(random, count) {
  const corners = [[40, 30], [360, 40], [350, 270], [50, 260]].slice(0, count);
  return corners.map(([x, y]) => [x + 30 * (random() - 0.5), y + 30 * (random() - 0.5)]);
}

test('four points of a homography give it back', () => {
  forSeeds(300, (random, seed) => {
    const matrix = tilted(random);
    const pairs = spread(random, 4).map(([x, y]) => [x, y, ...apply(matrix, x, y)]);
    near(solved(pairs), matrix, 1e-6 * 1000, `seed ${seed}`);
  });
});

test('the map of three or four points takes each exactly to where it was set', () => {
  forSeeds(300, (random, seed) => {
    const count = 3 + (seed % 2);
    const pairs = spread(random, count).map(([x, y]) => [x, y, x * 2 + 40 * random(), y * 3 + 40 * random()]);
    const matrix = solved(pairs);
    for (const [x, y, u, v] of pairs) near(apply(matrix, x, y), [u, v], 1e-6, `seed ${seed}`);
    if (count === 3) assert.deepEqual(matrix.slice(6), [0, 0, 1]);
  });
});

test('points that lie on a line, or fewer than three, give no map', () => {
  assert.equal(solved([[0, 0, 0, 0], [1, 1, 5, 0], [2, 2, 0, 5]]), null);
  assert.equal(solved([[0, 0, 0, 0], [0, 0, 5, 0], [9, 2, 0, 5]]), null);
  assert.equal(solved([[0, 0, 0, 0], [1, 1, 5, 0]]), null);
  assert.equal(solved([]), null);
});

test('a map that throws part of the frame behind the eye, or flattens it, is not used', () => {
  assert.ok(isUsable(IDENTITY, A));
  assert.ok(!isUsable([1, 0, 0, 0, 1, 0, -1 / 200, 0, 1], A));
  assert.ok(!isUsable([1, 1, 0, 1, 1, 0, 0, 0, 1], A));
  assert.ok(!isUsable([NaN, 0, 0, 0, 1, 0, 0, 0, 1], A));
  assert.ok(!isUsable(null, A));
  const state = { ...emptyState(), points: [[0, 0, 0, 0], [1, 1, 5, 0], [2, 2, 0, 5]] };
  const { kind, failed, matrix } = placed(state, A, B, null, 0);
  assert.deepEqual([kind, failed, matrix], ['frame', true, framed(A, B, 0)]);
});

test('an inverse undoes, whichever comes first', () => {
  forSeeds(200, (random, seed) => {
    const matrix = tilted(random);
    const both = multiply(matrix, inverse(matrix));
    near(both.map((value) => value / both[8]), IDENTITY, 1e-6, `seed ${seed}`);
    const [x, y] = [400 * random(), 300 * random()];
    near(apply(inverse(matrix), ...apply(matrix, x, y)), [x, y], 1e-5, `seed ${seed}`);
  });
  assert.equal(inverse([1, 1, 0, 1, 1, 0, 0, 0, 1]), null);
});

test('a CSS transform is the same map, written by columns', () => {
  assert.equal(cssMatrix([1, 2, 3, 4, 5, 6, 7, 8, 9]), 'matrix3d(1,4,0,7,2,5,0,8,0,0,1,0,3,6,0,9)');
});

test('frame on frame keeps proportions, fills one side, and turns with the clock after mirroring', () => {
  near(apply(framed(A, { width: 800, height: 600 }), 10, 20), [20, 40], 1e-9);
  // The upper left corner goes to the upper right at a quarter with the clock.
  near(apply(framed(A, { width: 300, height: 400 }, 1), 0, 0), [300, 0], 1e-9);
  near(apply(framed(A, A, 4), 0, 0), [400, 0], 1e-9);
  near(apply(framed(A, { width: 300, height: 400 }, 5), 0, 0), [300, 400], 1e-9);
  for (let o = 0; o < 8; o++) {
    for (const [x, y] of [[0, 0], [400, 0], [0, 300], [400, 300]]) {
      const [u, v] = apply(framed(A, B, o), x, y);
      assert.ok(u >= -1e-9 && v >= -1e-9 && u <= B.width + 1e-9 && v <= B.height + 1e-9);
    }
    assert.equal(lyingBy(framed(A, B, o), A), o);
    assert.equal(lyingBy(inverse(framed(A, B, o)), B), reversed(o));
  }
});

test('a pose is told in size, degrees with the clock, and whether it is mirrored', () => {
  forSeeds(200, (random, seed) => {
    const [size, degrees, mirrored] = [0.2 + random(), 358 * random() - 179, random() < 0.5];
    const turn = (degrees * Math.PI) / 180;
    const flip = mirrored ? -1 : 1;
    const matrix = [size * Math.cos(turn) * flip, -size * Math.sin(turn), 5, size * Math.sin(turn) * flip, size * Math.cos(turn), 9, 0, 0, 1];
    const found = pose(matrix, A);
    near([found.scale, found.degrees], [size, degrees], 1e-6, `seed ${seed}`);
    assert.equal(found.mirrored, mirrored);
  });
});

test('an alignment from the other side is its inverse', () => {
  const found = { view: 'form', model: 'affine', matrix: framed(A, B, 5), orientation: 5, inliers: 9, residual: 0.01, overlap: 0.5, log10_nfa: -9, accepted: true };
  const back = turnedRound(found);
  near(apply(back.matrix, ...apply(found.matrix, 12, 34)), [12, 34], 1e-9);
  assert.deepEqual([back.orientation, back.inliers], [5, 9]);
  assert.deepEqual(turnedRound({ ...found, orientation: 1 }).orientation, 3);
  assert.equal(turnedRound({ ...found, matrix: new Array(9).fill(0) }), null);
});

test('what is laid follows points, then a choice, then the build, then the frames', () => {
  const found = { view: 'form', model: 'affine', matrix: [2, 0, 5, 0, 2, 5, 0, 0, 1], orientation: 0, inliers: 9, residual: 0.01, overlap: 0.5, log10_nfa: -9, accepted: true };
  const points = [[0, 0, 9, 9], [10, 0, 19, 9], [0, 10, 9, 19]];
  const kinds = [{ points, orientation: 2 }, { orientation: 2 }, {}].map((change) => placed({ ...emptyState(), ...change }, A, B, found, 3).kind);
  assert.deepEqual(kinds, ['points', 'turned', 'found']);
  assert.deepEqual(placed(emptyState(), A, B, null, 3).matrix, framed(A, B, 3));
  const broken = placed(emptyState(), A, B, { ...found, matrix: [NaN, 0, 0, 0, 0, 0, 0, 0, 0] }, 0);
  assert.deepEqual([broken.kind, broken.found], ['frame', null]);
});

test('points to begin with are true to the map, and inside of both pictures where they can be', () => {
  for (const count of [3, 4]) {
    const pairs = firstPoints(count, framed(A, B, 1), A, B);
    assert.equal(pairs.length, count);
    for (const [x, y, u, v] of pairs) near([u, v], apply(framed(A, B, 1), x, y), 1e-9);
  }
  const far = firstPoints(4, [1, 0, 5000, 0, 1, 0, 0, 0, 1], A, B);
  assert.ok(far.every(([x, y, u, v]) => x >= 0 && y >= 0 && u >= 0 && v >= 0 && u <= B.width && v <= B.height));
  const four = fourthPoint(firstPoints(3, IDENTITY, A, A), IDENTITY, A);
  near(four[3], [80, 240, 80, 240], 1e-9);
});

test('what is under the pointer stays there when one goes closer', () => {
  forSeeds(200, (random, seed) => {
    const camera = { x: 150 + 100 * random(), y: 100 + 100 * random(), z: 1 + 3 * random() };
    const [px, py] = [200 + 100 * random(), 180 + 60 * random()];
    const before = apply(inverse(seen(camera, A, PANE)), px, py);
    const after = apply(inverse(seen(zoomed(camera, A, PANE, 1.3, px, py), A, PANE)), px, py);
    near(after, before, 1e-6, `seed ${seed}`);
  });
});

test('the whole of A is in sight at first, and the middle of the window never leaves A', () => {
  const matrix = seen(whole(A), A, PANE);
  for (const [x, y] of [[0, 0], [400, 300]]) {
    const [u, v] = apply(matrix, x, y);
    assert.ok(u >= 0 && v >= 0 && u <= PANE.width && v <= PANE.height);
  }
  const lost = moved(whole(A), A, PANE, 1e5, -1e5);
  assert.deepEqual([lost.x, lost.y], [0, 300]);
});

test('points that answer to each other meet in the pose of A, and in the middle as B lies', () => {
  forSeeds(100, (random, seed) => {
    const matrix = tilted(random);
    const camera = { x: 100 + 200 * random(), y: 100 + 100 * random(), z: 2 };
    const b = apply(matrix, 120, 130);
    near(apply(seenInPose(camera, A, PANE, matrix), ...b), apply(seen(camera, A, PANE), 120, 130), 1e-4, `seed ${seed}`);
    const middle = apply(matrix, camera.x, camera.y);
    near(apply(seenAsItLies(camera, A, PANE, matrix), ...middle), [PANE.width / 2, PANE.height / 2], 1e-6, `seed ${seed}`);
  });
});

test('a grid has its frame and nothing that is not a number', () => {
  const path = gridPath(A, IDENTITY);
  assert.match(path, /M0\.0 0\.0L0\.0 300\.0/);
  assert.match(path, /M400\.0 0\.0L400\.0 300\.0/);
  assert.equal(gridPath({ width: 1, height: 4000 }, IDENTITY).match(/M/g).length, 13);
  assert.equal(gridPath(A, new Array(9).fill(0)), '');
});
