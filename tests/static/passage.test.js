import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Passage } from '../../static/src/explorer/scene/passage.js';
import { forSeeds } from './random.js';

const anyXY = (random, count) => Float32Array.from({ length: count * 2 }, random);
const all = (passage) => Array.from({ length: passage.count }, (_, i) => {
  const out = [0, 0, 0];
  passage.place(i, out);
  return out;
});
const alike = (expected, actual, message) => expected.forEach((row, i) => row.forEach((value, k) => {
  assert.ok(Math.abs(value - actual[i][k]) < 1e-5, `${message}: ${value} is not ${actual[i][k]}`);
}));

test('a passage begins at the old places and ends at the new ones', () => {
  forSeeds(50, (random, seed) => {
    const count = 1 + Math.floor(random() * 30);
    const [a, b] = [anyXY(random, count), anyXY(random, count)];
    const passage = new Passage(count);
    passage.jump(a, 0.1);
    const before = all(passage);
    passage.start(b, 0.2, random(), random());
    alike(before, all(passage), `seed ${seed}`);
    passage.progress = 1;
    alike(Array.from({ length: count }, (_, i) => [b[i * 2], b[i * 2 + 1], 0.2]), all(passage), `seed ${seed}`);
    passage.progress = 0.99999;
    alike(Array.from({ length: count }, (_, i) => [b[i * 2], b[i * 2 + 1], 0.2]), all(passage), `seed ${seed}`);
  });
});

test('interrupted at any moment, the next passage starts from where things are', () => {
  forSeeds(100, (random, seed) => {
    const count = 1 + Math.floor(random() * 30);
    const passage = new Passage(count);
    passage.jump(anyXY(random, count), 0.1);
    for (let i = 0; i < 4; i++) {
      passage.start(anyXY(random, count), 0.05 + random() * 0.2, random(), random());
      passage.progress = random();
      const before = all(passage);
      passage.start(anyXY(random, count), 0.05 + random() * 0.2, random(), random());
      alike(before, all(passage), `seed ${seed}`);
    }
  });
});

test('images near the point start before those far from it', () => {
  const passage = new Passage(3);
  passage.jump(new Float32Array([0, 0, 1, 0, 2, 0]), 0.1);
  passage.start(new Float32Array([0, 1, 1, 1, 2, 1]), 0.1, 0, 0);
  passage.progress = 0.3;
  const way = all(passage).map(([, y]) => y);
  assert.ok(way[0] > way[1] && way[1] > way[2], String(way));
});
