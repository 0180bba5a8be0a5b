import assert from 'node:assert/strict';
import { test } from 'node:test';
import { gapsOf, withRoom } from '../../static/src/explorer/scene/marks.js';
import { forSeeds } from './random.js';

/** @param {() => number} random */
const label = (random) => ({ x: random() * 300, y: random() * 200, width: 10 + random() * 60, height: 16, level: Math.floor(random() * 3) });

const touch = (a, b) => Math.abs(a.x - b.x) < (a.width + b.width) / 2 && Math.abs(a.y - b.y) < (a.height + b.height) / 2;

test('labels that are shown do not touch, and none is hidden without need', () => {
  forSeeds(200, (random, seed) => {
    const labels = Array.from({ length: 2 + Math.floor(random() * 20) }, () => label(random));
    const shown = withRoom(labels, 0);
    labels.forEach((one, i) => {
      const others = labels.filter((other, j) => j !== i && shown[j]);
      if (shown[i]) assert.equal(false, others.some((other) => touch(one, other)), `seed ${seed}`);
      else assert.equal(true, others.some((other) => touch(one, other) && other.level <= one.level), `seed ${seed}`);
    });
  });
});

test('a label of a lower level goes before one of a higher', () => {
  const at = { x: 0, y: 0, width: 20, height: 10 };
  assert.deepEqual([false, true], withRoom([{ ...at, level: 2 }, { ...at, level: 0 }]));
});

test('the gap of a mark is the way to the next of its height and level', () => {
  const mark = (x, y, level) => ({ x, y, level, text: '' });
  assert.deepEqual([1, 1, 4, Infinity, Infinity], gapsOf([mark(0, 1, 0), mark(1, 1, 0), mark(5, 1, 0), mark(2, 2, 0), mark(0.5, 1, 1)]));
});
