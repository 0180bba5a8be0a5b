import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  layerCount, PAGE_BYTES, pageOf, pageOffsets, shapeOf, slotRectangle, wantedLevel,
} from '../../static/src/explorer/gl/atlas-info.js';
import { PageCache } from '../../static/src/explorer/gl/cache.js';
import { PageStream } from '../../static/src/explorer/gl/stream.js';
import { neededPages } from '../../static/src/explorer/scene/needs.js';
import { forSeeds } from './random.js';

const LEVELS = [
  { cell: 16, columns: 64, pages: 2 }, { cell: 64, columns: 16, pages: 20 }, { cell: 128, columns: 8, pages: 80 },
];

test('the cache behaves like a naive list ordered by last use', () => {
  forSeeds(40, (random, seed) => {
    const capacity = 1 + Math.floor(random() * 6);
    const cache = new PageCache(capacity);
    let naive = [];
    const layers = new Map();
    for (let step = 0; step < 300; step++) {
      const page = Math.floor(random() * 10);
      if (random() < 0.4) {
        cache.touch(page);
        if (naive.includes(page)) naive = [...naive.filter((p) => p !== page), page];
      } else {
        const kept = Math.floor(random() * 10);
        const taken = cache.take(page, (p) => p === kept);
        const full = !naive.includes(page) && naive.length === capacity;
        const out = full ? naive.find((p) => p !== kept) : undefined;
        if (full && out === undefined) assert.equal(null, taken, `seed ${seed}`);
        else {
          assert.equal(out ?? -1, taken.evicted, `seed ${seed}`);
          naive = [...naive.filter((p) => p !== page && p !== out), page];
          if (out !== undefined) layers.delete(out);
          layers.set(page, taken.layer);
        }
      }
      assert.deepEqual([...naive].sort(), [...Array(10).keys()].filter((p) => cache.has(p)), `seed ${seed}`);
      assert.equal(layers.size, new Set(layers.values()).size, 'no two pages share a layer');
    }
  });
});

test('clearing the cache frees every layer', () => {
  const cache = new PageCache(3);
  for (const page of [5, 6, 7]) cache.take(page, () => false);
  cache.clear();
  assert.equal(false, cache.has(5));
  assert.deepEqual([0, 1, 2], [1, 2, 3].map((page) => cache.take(page, () => true).layer));
});

test('layers fit the budget, the catalogue and the device', () => {
  assert.equal(64, layerCount(64 * PAGE_BYTES, 1000, 2048));
  assert.equal(18, layerCount(64 * PAGE_BYTES, 18, 2048));
  assert.equal(32, layerCount(64 * PAGE_BYTES, 1000, 32));
  assert.equal(1, layerCount(0, 1000, 32));
});

test('pages are numbered through all levels', () => {
  const offsets = pageOffsets(LEVELS);
  assert.deepEqual([0, 2, 22, 102], offsets);
  assert.deepEqual({ level: 0, page: 1 }, pageOf(1, offsets));
  assert.deepEqual({ level: 1, page: 0 }, pageOf(2, offsets));
  assert.deepEqual({ level: 2, page: 79 }, pageOf(101, offsets));
});

test('slots lie row by row on their pages, whole and at the top left of their cells', () => {
  assert.deepEqual({ page: 0, x: 0, y: 0, width: 128, height: 64 }, slotRectangle(LEVELS[2], 0, 800, 400));
  assert.deepEqual({ page: 1, x: 128, y: 128, width: 43, height: 128 }, slotRectangle(LEVELS[2], 64 + 9, 100, 300));
  assert.deepEqual({ page: 0, x: 16 * 63, y: 16, width: 16, height: 1 }, slotRectangle(LEVELS[0], 127, 5000, 10));
});

test('the rectangles of all slots lie in their pages and never overlap', () => {
  forSeeds(20, (random) => {
    for (const level of LEVELS) {
      const seen = new Set();
      for (let slot = 0; slot < 2 * level.columns ** 2; slot += 1 + Math.floor(random() * 40)) {
        const box = slotRectangle(level, slot, 1 + random() * 500, 1 + random() * 500);
        assert.ok(box.x + box.width <= 1024 && box.y + box.height <= 1024);
        assert.ok(box.width >= 1 && box.height >= 1 && Math.max(box.width, box.height) === level.cell);
        const key = `${box.page} ${box.x} ${box.y}`;
        assert.equal(false, seen.has(key));
        seen.add(key);
      }
    }
  });
});

test('shapes fill the square with the longer side', () => {
  assert.deepEqual([1, 0.5], shapeOf(400, 200));
  assert.deepEqual([0.25, 1], shapeOf(50, 200));
  assert.deepEqual([1, 1], shapeOf(0, 0));
});

test('the wanted level is the smallest that is not enlarged', () => {
  assert.deepEqual([0, 0, 1, 1, 2, 2, 2], [2, 16, 17, 64, 65, 128, 900].map((px) => wantedLevel(LEVELS, px)));
});

test('pages are asked for smallest level first, then the most central', () => {
  const slots = [0, 300, 600, 5000];
  const distance = (row) => [3, 1, 2, 0][row];
  const offsets = pageOffsets(LEVELS);
  assert.deepEqual([1, 0], neededPages([0, 1, 2, 3], distance, slots, LEVELS, offsets, 0));
  assert.deepEqual([1, 0, 2 + 19, 2 + 1, 2 + 2, 2 + 0], neededPages([0, 1, 2, 3], distance, slots, LEVELS, offsets, 1));
  assert.deepEqual([], neededPages([], distance, slots, LEVELS, offsets, 1));
});

/** A store without a graphics card, and a loader that answers when it is told to. */
function bench(capacity = 10) {
  const asked = new Map();
  const cache = new PageCache(capacity);
  const store = { cache, has: (page) => cache.has(page), upload: (page, _, __, kept) => cache.take(page, kept) !== null };
  const load = (page, signal) => new Promise((resolve, reject) => {
    asked.set(page, { resolve: () => resolve({ close() {} }), reject, signal, times: (asked.get(page)?.times ?? 0) + 1 });
  });
  const stream = new PageStream(load, () => undefined);
  stream.store = store;
  return { stream, asked, cache };
}
const settled = () => new Promise((resolve) => setTimeout(resolve));

test('few pages load at once, the most wanted first, and uploads are limited', async () => {
  const { stream, asked, cache } = bench();
  stream.want([7, 3, 9, 1, 4, 5]);
  assert.deepEqual([7, 3, 9, 1], [...asked.keys()]);
  asked.get(1).resolve();
  asked.get(3).resolve();
  await settled();
  assert.deepEqual([7, 3, 9, 1, 4, 5], [...asked.keys()]);
  assert.equal(1, stream.upload(0, 1));
  assert.equal(true, cache.has(3), 'the more wanted one came first');
  assert.equal(false, cache.has(1));
  assert.equal(1, stream.upload(0, 1));
  assert.equal(true, cache.has(1));
  assert.equal(0, stream.upload(0, 1));
});

test('what is no longer wanted is cancelled', async () => {
  const { stream, asked, cache } = bench();
  stream.want([1, 2]);
  const first = asked.get(1);
  stream.want([2, 3]);
  assert.equal(true, first.signal.aborted);
  assert.equal(false, asked.get(2).signal.aborted);
  first.resolve();
  await settled();
  stream.upload(0, 5);
  assert.equal(false, cache.has(1));
});

test('a failed page is tried once more, then left alone', async () => {
  const { stream, asked } = bench();
  stream.want([1]);
  asked.get(1).reject(new Error('gone'));
  await settled();
  assert.equal(2, asked.get(1).times);
  asked.get(1).reject(new Error('gone'));
  await settled();
  stream.want([1]);
  assert.equal(2, asked.get(1).times);
  assert.equal(true, stream.idle);
});

test('no more is wanted than the texture holds', () => {
  const { stream, asked } = bench(2);
  stream.want([5, 6, 7, 8]);
  assert.deepEqual([5, 6], [...asked.keys()]);
});
