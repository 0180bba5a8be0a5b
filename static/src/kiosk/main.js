/**
 * The explorer in an exhibition (`?kiosk=1&idle=90`): shows itself while nobody is there, puts
 * everything back when a visitor has left, lets nobody out, and comes back from failures.
 *
 * @typedef {import('../explorer/ui/explorer.js').Explorer} Explorer
 */
import { emptyState } from '../shared/address.js';
import { h } from '../shared/dom.js';
import { idleSeconds } from '../shared/kiosk.js';
import { t } from '../shared/strings.js';
import { Attract } from './attract.js';
import { code, permalink } from './code.js';
import { Idle } from './idle.js';
import { lock } from './lock.js';
import { Recovery } from './recovery.js';

/** Time in which a lost graphics card may come back by itself, in ms. */
const LOST = 8000;

/** Forgets what the visitor chose, and what the browser kept of it. */
function forget() {
  delete document.documentElement.dataset.theme;
  try {
    for (const key of Object.keys(localStorage)) if (key.startsWith('volvelle')) localStorage.removeItem(key);
  } catch {
    // Storage that is refused holds nothing.
  }
}

/** Keeps the screen on, where the browser lets pages do so. */
function stayAwake() {
  const ask = () => document.visibilityState === 'visible' && navigator.wakeLock?.request('screen').catch(() => undefined);
  document.addEventListener('visibilitychange', ask);
  ask();
}

/** Everything as it was at opening. @param {Explorer} app */
async function reset(app) {
  forget();
  app.putAway();
  await app.restore(emptyState());
  app.write(false);
  app.stage.rig.goHome();
  if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
}

/** Puts a code in the panel where its link was. @param {Explorer} app */
function showCodes(app) {
  app.listen((topics) => {
    if (!topics.has('chosen') || app.chosen < 0) return;
    const address = permalink(app.catalogue.credit?.site_url ?? '', location.href.split('#')[0], app.root, app.state.id);
    if (address) document.querySelector('.panel-links')?.before(code(address));
  });
}

/** Says that the page is loaded anew. */
function showMending() {
  document.body.append(h('p', { class: 'kiosk-mending', role: 'status', data: { kioskMending: '' } }, t('kiosk.mending')));
}

/** @param {Recovery} recovery */
function watch(recovery) {
  addEventListener('error', () => recovery.fault());
  addEventListener('unhandledrejection', () => recovery.fault());
}

/** @param {Explorer} app @param {Recovery} recovery */
function run(app, recovery) {
  const asking = h('p', { class: 'kiosk-asking', role: 'status', hidden: true, data: { kioskAsking: '' } }, t('kiosk.asking'));
  const attract = new Attract(app, async () => {
    attract.stop();
    await reset(app);
    idle.begin();
  });
  const idle = new Idle(idleSeconds(location.search), async (phase) => {
    asking.hidden = phase !== 'asked';
    if (phase !== 'left') return;
    await reset(app);
    attract.start();
  });
  document.getElementById('explorer')?.append(attract.node, asking);
  // A visit leaves no trail: Back stays on this page, and the browser's list does not grow.
  const write = app.write.bind(app);
  app.write = () => write(false);
  showCodes(app);
  setInterval(() => {
    idle.look();
    if (attract.on) recovery.look();
  }, 1000);
  const { canvas, gl } = app.stage;
  canvas.addEventListener('webglcontextlost', () => setTimeout(() => gl?.isContextLost() && recovery.fault(), LOST));
}

document.documentElement.classList.add('kiosk');
const recovery = new Recovery(showMending);
watch(recovery);
lock((link) => {
  const app = volvelle.explorer;
  const cluster = Number(link.dataset.cluster ?? link.dataset.clusterLink);
  if (cluster) app?.showCluster(cluster);
  else app?.show(t('kiosk.locked'));
});
stayAwake();
forget();
const { volvelle } = /** @type {{volvelle: {ready: Promise<void>, explorer: Explorer | null}}} */ (/** @type {unknown} */ (window));
volvelle.ready.then(() => (volvelle.explorer ? run(volvelle.explorer, recovery) : recovery.fault()), () => recovery.fault());
