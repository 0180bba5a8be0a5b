import assert from 'node:assert/strict';
import { test } from 'node:test';
import { permalink } from '../../static/src/kiosk/code.js';
import { phase } from '../../static/src/kiosk/idle.js';
import { delay, nextNight } from '../../static/src/kiosk/recovery.js';
import { idleSeconds, isKiosk } from '../../static/src/shared/kiosk.js';

test('only kiosk=1 is a kiosk, and idle keeps to what is sensible', () => {
  assert.ok(isKiosk('?kiosk=1&idle=90') && !isKiosk('?kiosk=0') && !isKiosk(''));
  assert.deepEqual(['', '?idle=45', '?idle=1', '?idle=1e9', '?idle=soon', '?idle='].map(idleSeconds), [90, 45, 10, 3600, 90, 90]);
});

test('a visitor is asked ten seconds before all is put back, sooner where idle is short', () => {
  assert.deepEqual([0, 79, 80, 89, 90, 1000].map((quiet) => phase(quiet, 90)), ['used', 'used', 'asked', 'asked', 'left', 'left']);
  assert.deepEqual([6, 7, 10].map((quiet) => phase(quiet, 10)), ['used', 'asked', 'left']);
});

test('the address of an image is below the site, else below the page, and none for this device alone', () => {
  assert.equal(permalink('https://example.org/disc', 'file:///d/index.html', './', 'fol 3'), 'https://example.org/disc/items/fol%203/');
  assert.equal(permalink('', 'http://museum.example/a/index.html?kiosk=1', './', 'fol-3'), 'http://museum.example/a/items/fol-3/');
  for (const here of ['file:///d/index.html', 'http://localhost:8000/', 'http://127.0.0.1/index.html']) assert.equal(permalink('', here, './', 'a'), '');
});

test('failures are tried ever more rarely, at least every five minutes', () => {
  const waits = [...Array(30).keys()].map(delay);
  assert.equal(waits[0], 3000);
  waits.slice(1).forEach((wait, i) => assert.ok(wait >= waits[i] && wait <= 300_000));
});

test('the next night is the first four o’clock at least an hour away', () => {
  for (let hour = 0; hour < 24; hour++) {
    const opened = new Date(2026, 4, 10, hour, 30);
    const night = new Date(nextNight(opened));
    const wait = night.getTime() - opened.getTime();
    assert.equal(night.getHours(), 4);
    assert.ok(wait >= 3_600_000 && wait < 25 * 3_600_000);
  }
});
