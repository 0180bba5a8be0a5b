import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  clampCamera, fit, placing, reveal, softenCamera, toScreen, toWorld, zoomAt,
} from '../../static/src/explorer/scene/camera.js';
import { flight } from '../../static/src/explorer/scene/flight.js';
import { forSeeds } from './random.js';

const near = (expected, actual, within, message) =>
  assert.ok(Math.abs(expected - actual) <= within, `${message ?? ''} ${expected} is not ${actual}`);

const anyFree = (random) => ({
  x: random() * 400, y: random() * 100, width: 200 + random() * 3000, height: 200 + random() * 2000,
});
const anyCamera = (random) => ({ x: random(), y: random(), scale: 10 ** (1 + random() * 4) });

test('screen and layout turn into each other', () => {
  forSeeds(200, (random, seed) => {
    const [camera, free] = [anyCamera(random), anyFree(random)];
    const [x, y] = [random(), random()];
    const [px, py] = toScreen(camera, free, x, y);
    const back = toWorld(camera, free, px, py);
    near(x, back[0], 1e-9, `seed ${seed}`);
    near(y, back[1], 1e-9, `seed ${seed}`);
  });
});

test('a zoom keeps the point under the pointer', () => {
  forSeeds(200, (random, seed) => {
    const [camera, free] = [anyCamera(random), anyFree(random)];
    const [px, py] = [random() * 3000, random() * 2000];
    const before = toWorld(camera, free, px, py);
    const after = zoomAt(camera, free, px, py, camera.scale * 2 ** (random() * 8 - 4));
    const [qx, qy] = toScreen(after, free, ...before);
    near(px, qx, 1e-6, `seed ${seed}`);
    near(py, qy, 1e-6, `seed ${seed}`);
  });
});

test('placing shows a point where it is wanted', () => {
  forSeeds(100, (random) => {
    const free = anyFree(random);
    const camera = placing(free, 0.3, 0.7, 111, 222, 40 + random() * 9000);
    const [px, py] = toScreen(camera, free, 0.3, 0.7);
    near(111, px, 1e-6);
    near(222, py, 1e-6);
  });
});

test('fitting shows the whole inside of the free rectangle, touching it with the margin', () => {
  forSeeds(100, (random) => {
    const free = anyFree(random);
    const bounds = { x: random(), y: random(), width: 0.1 + random(), height: 0.1 + random() };
    const camera = fit(bounds, free, 0.9);
    const [left, top] = toScreen(camera, free, bounds.x, bounds.y);
    const [right, bottom] = toScreen(camera, free, bounds.x + bounds.width, bounds.y + bounds.height);
    assert.ok(left > free.x && top > free.y && right < free.x + free.width && bottom < free.y + free.height);
    near(0.9, Math.max((right - left) / free.width, (bottom - top) / free.height), 1e-9);
  });
});

test('revealing moves a box into sight and no further than needed', () => {
  forSeeds(200, (random) => {
    const free = anyFree(random);
    const camera = { ...anyCamera(random), scale: 500 };
    const box = { x: random() * 4 - 2, y: random() * 4 - 2, width: 0.02, height: 0.02 };
    const moved = reveal(camera, free, box, 20);
    const [left, top] = toScreen(moved, free, box.x, box.y);
    assert.ok(left >= free.x + 20 - 1e-6 && left + 10 <= free.x + free.width - 20 + 1e-6);
    assert.ok(top >= free.y + 20 - 1e-6 && top + 10 <= free.y + free.height - 20 + 1e-6);
    assert.deepEqual(moved, reveal(moved, free, box, 19.9));
  });
});

test('soft limits leave what is inside alone and never go further than what is asked', () => {
  const limits = { bounds: { x: 0, y: 0, width: 1, height: 0.8 }, whole: 800, most: 9000 };
  forSeeds(200, (random) => {
    const asked = { x: random() * 3 - 1, y: random() * 3 - 1, scale: 100 * 10 ** (random() * 3) };
    const inside = clampCamera(asked, limits);
    const soft = softenCamera(asked, limits);
    near(inside.x, softenCamera(inside, limits).x, 1e-9);
    near(inside.scale, softenCamera(inside, limits).scale, 1e-6);
    assert.ok(Math.abs(soft.x - inside.x) <= Math.abs(asked.x - inside.x) + 1e-9);
    assert.ok(Math.abs(Math.log(soft.scale / inside.scale)) <= Math.abs(Math.log(asked.scale / inside.scale)) + 1e-9);
  });
});

test('a flight begins where the camera is, ends where it should, and takes 500-900 ms', () => {
  forSeeds(200, (random, seed) => {
    const [from, to] = [anyCamera(random), anyCamera(random)];
    if (seed % 3 === 0) Object.assign(to, { x: from.x, y: from.y });
    const way = flight(from, to, 1000);
    assert.ok(way.duration >= 500 && way.duration <= 900);
    for (const [expected, actual] of [[from, way.at(0)], [to, way.at(1)], [to, way.at(1 - 1e-7)]]) {
      near(expected.x, actual.x, 1e-5, `seed ${seed}`);
      near(expected.y, actual.y, 1e-5, `seed ${seed}`);
      near(1, actual.scale / expected.scale, 1e-5, `seed ${seed}`);
    }
    for (let t = 0; t <= 1; t += 0.05) assert.ok(Number.isFinite(way.at(t).scale) && way.at(t).scale > 0);
  });
});
