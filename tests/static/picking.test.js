import assert from 'node:assert/strict';
import { test } from 'node:test';
import { gapTo, nearestTo, nextTowards, pick } from '../../static/src/explorer/scene/pick.js';
import { PlaceIndex } from '../../static/src/explorer/scene/place-index.js';
import { boundsOf, Places } from '../../static/src/explorer/scene/places.js';
import { forSeeds } from './random.js';

function anyPlaces(random) {
  const count = 1 + Math.floor(random() * 150);
  const xy = Float32Array.from({ length: count * 2 }, () => (random() < 0.2 ? Math.round(random() * 4) / 4 : random()));
  const size = 0.01 + random() * 0.2;
  const shape = Float32Array.from({ length: count * 2 }, () => 0.2 + random() * 0.8);
  const rank = Uint8Array.from({ length: count }, () => [0, 34, 255, 255][Math.floor(random() * 4)]);
  return { count, shape, rank, places: { xy, size, index: new PlaceIndex(xy, size) } };
}

test('the index finds exactly the points of a rectangle', () => {
  forSeeds(150, (random, seed) => {
    const { count, places } = anyPlaces(random);
    const [a, b, c, d] = [random() * 1.4 - 0.2, random() * 1.4 - 0.2, random() * 1.4 - 0.2, random() * 1.4 - 0.2];
    const [left, right, top, bottom] = [Math.min(a, b), Math.max(a, b), Math.min(c, d), Math.max(c, d)];
    const found = [];
    places.index.within(left, top, right, bottom, (row) => found.push(row));
    const expected = [...Array(count).keys()].filter((row) => {
      const [x, y] = [places.xy[row * 2], places.xy[row * 2 + 1]];
      return x >= left && x <= right && y >= top && y <= bottom;
    });
    assert.deepEqual(expected, found.sort((x, y) => x - y), `seed ${seed}`);
  });
});

test('picking equals a naive search: the topmost that holds the point, else the nearest in reach', () => {
  forSeeds(300, (random, seed) => {
    const { count, shape, rank, places } = anyPlaces(random);
    const [x, y, reach] = [random(), random(), random() * 0.05];
    const rows = [...Array(count).keys()].filter((row) => rank[row]);
    const holding = rows.filter((row) => gapTo(places, shape, row, x, y) === 0);
    const picked = pick(places, shape, rank, x, y, reach);
    if (holding.length) {
      const top = Math.max(...holding.map((row) => rank[row]));
      assert.equal(Math.max(...holding.filter((row) => rank[row] === top)), picked, `seed ${seed}`);
    } else {
      const gaps = rows.map((row) => gapTo(places, shape, row, x, y));
      const least = Math.min(...gaps);
      if (least < reach) assert.equal(least, gapTo(places, shape, picked, x, y), `seed ${seed}`);
      else assert.equal(-1, picked, `seed ${seed}`);
    }
  });
});

test('the next image in a direction lies in that direction, and none is cheaper', () => {
  forSeeds(150, (random, seed) => {
    const { count, rank, places } = anyPlaces(random);
    const from = Math.floor(random() * count);
    const [dx, dy] = [[1, 0], [-1, 0], [0, 1], [0, -1]][Math.floor(random() * 4)];
    const next = nextTowards(places.xy, rank, from, dx, dy);
    const way = (row) => {
      const [vx, vy] = [places.xy[row * 2] - places.xy[from * 2], places.xy[row * 2 + 1] - places.xy[from * 2 + 1]];
      return { along: vx * dx + vy * dy, aside: Math.abs(vx * dy - vy * dx) };
    };
    const able = [...Array(count).keys()].filter((row) => row !== from && rank[row] && way(row).along > 1e-9 && way(row).aside <= way(row).along * 1.2);
    if (next < 0) assert.deepEqual([], able, `seed ${seed}`);
    else {
      const cost = (row) => way(row).along + 2 * way(row).aside;
      assert.equal(Math.min(...able.map(cost)), cost(next), `seed ${seed}`);
    }
  });
});

test('on a grid, arrows go to the four neighbours', () => {
  const xy = new Float32Array(Array.from({ length: 9 }, (_, i) => [i % 3, Math.floor(i / 3)]).flat());
  const rank = new Uint8Array(9).fill(255);
  assert.deepEqual([5, 3, 7, 1], [[1, 0], [-1, 0], [0, 1], [0, -1]].map(([dx, dy]) => nextTowards(xy, rank, 4, dx, dy)));
  assert.equal(-1, nextTowards(xy, rank, 2, 1, 0));
  rank[5] = 0;
  assert.notEqual(5, nextTowards(xy, rank, 4, 1, 0));
});

test('the nearest image is the nearest that is shown', () => {
  const xy = new Float32Array([0, 0, 1, 0, 2, 0]);
  assert.equal(1, nearestTo(xy, new Uint8Array([255, 255, 255]), 1.2, 0));
  assert.equal(2, nearestTo(xy, new Uint8Array([255, 0, 255]), 1.2, 0.1));
  assert.equal(-1, nearestTo(xy, new Uint8Array(3), 0, 0));
});

test('places follow the catalogue, not the order of the file', () => {
  const file = { layout: 'map', ids: ['b', 'a', 'gone'], x: [0.5, 0.25, 1], y: [1, 0, 1], size: 0.5 };
  const places = new Places(file, ['a', 'b']);
  assert.deepEqual([0.25, 0, 0.5, 1], [...places.xy]);
  assert.deepEqual({ x: 0, y: -0.25, width: 0.75, height: 1.5 }, places.bounds);
  assert.deepEqual({ x: 0.25, y: 0.75, width: 0.5, height: 0.5 }, boundsOf(places.xy, 0.5, [1]));
});
