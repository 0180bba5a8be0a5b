import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PAGE_BYTES } from '../../static/src/explorer/gl/atlas-info.js';
import { textureBudget } from '../../static/src/explorer/gl/budget.js';
import { Passage } from '../../static/src/explorer/scene/passage.js';
import { Pace } from '../../static/src/explorer/scene/pace.js';
import { forSeeds } from './random.js';

const beats = (pace, times, passed, from = 0) => {
  for (let k = 1; k <= times; k++) pace.beat(from + k * passed);
  return from + times * passed;
};

test('a device is slow after slow frames, and quick again after quick ones', () => {
  const pace = new Pace();

  let now = beats(pace, 40, 17);
  assert.equal(false, pace.slow);
  now = beats(pace, 40, 60, now);
  assert.equal(true, pace.slow);
  now = beats(pace, 60, 16, now);
  assert.equal(false, pace.slow);
});

test('a rest between two movements is not a slow frame', () => {
  const pace = new Pace();
  let now = beats(pace, 5, 16);

  for (let k = 0; k < 20; k++) now = beats(pace, 2, 16, now + 5000);

  assert.equal(false, pace.slow);
});

test('the budget holds for a window of the usual size, for phones and for the largest screens', () => {
  const megabytes = (width, height, ratio, touch) => textureBudget({ width, height, ratio, touch }) / 2 ** 20;

  assert.equal(60, megabytes(1280, 800, 1, false));
  assert.equal(60, megabytes(390, 844, 3, true));
  assert.ok(megabytes(2560, 1440, 1, false) > 180);
  assert.ok(megabytes(7680, 4320, 2, false) < 256);
});

test('the budget is whole pages, within the limits, and grows with the screen', () => {
  forSeeds(200, (random, seed) => {
    const device = { width: 300 + random() * 4000, height: 300 + random() * 3000, ratio: 1 + random() * 1.5, touch: random() < 0.5 };
    const bytes = textureBudget(device);
    const larger = textureBudget({ ...device, width: device.width * 1.5 });

    assert.equal(0, bytes % PAGE_BYTES, `seed ${seed}`);
    assert.ok(bytes >= 15 * PAGE_BYTES && bytes < (device.touch ? 64 : 256) * 2 ** 20, `seed ${seed}`);
    assert.ok(larger >= bytes || Math.min(device.width, device.height) < 600, `seed ${seed}`);
  });
});

test('no image of a passage is larger than the sizes of its two ends', () => {
  forSeeds(60, (random, seed) => {
    const count = 1 + Math.floor(random() * 30);
    const places = () => Float32Array.from({ length: count * 2 }, random);
    const passage = new Passage(count);
    passage.jump(places(), random());
    const at = [0, 0, 0];
    for (let turn = 0; turn < 4; turn++) {
      passage.start(places(), random(), random(), random());
      passage.progress = random();
      for (let row = 0; row < count; row++) {
        passage.place(row, at);
        assert.ok(at[2] <= Math.max(passage.sizeFrom, passage.sizeTo) + 1e-6, `seed ${seed}`);
      }
    }
  });
});
