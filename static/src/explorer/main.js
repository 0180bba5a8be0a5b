/**
 * The explorer: the catalogue as a map of its images. Without WebGL2 or on a fatal error the list
 * that is already in the page is shown instead, with one sentence why.
 */
import { read } from '../shared/address.js';
import { add, Data } from '../shared/data.js';
import { t } from '../shared/strings.js';
import { onTheme } from '../shared/theme.js';
import { Stage } from './scene/stage.js';
import { told } from './state/told.js';
import { buildInterface } from './ui/build.js';
import { stageColours } from './ui/colours.js';
import { Explorer } from './ui/explorer.js';
import { onReturn } from '../shared/history.js';
import { bringKiosk, isKiosk } from '../shared/kiosk.js';
import { showPlain } from './ui/plain.js';

const FORMAT = 1;

/** Whether WebGL2 can be had at all, tried on a canvas that is thrown away. */
function hasWebGL() {
  try {
    const gl = document.createElement('canvas').getContext('webgl2');
    gl?.getExtension('WEBGL_lose_context')?.loseContext();
    return Boolean(gl);
  } catch {
    return false;
  }
}

/**
 * @param {Data} data
 * @param {string} root
 * @returns {Promise<Explorer>}
 */
async function start(data, root) {
  const catalogue = await data.get('catalogue');
  if (catalogue.format !== FORMAT) throw new Error(t('plain.version'));
  const canvas = document.createElement('canvas');
  const stage = new Stage(canvas, catalogue, (cell, page, signal) => data.page(cell, page, signal));
  const explorer = new Explorer(catalogue, data, stage, root);
  const calm = matchMedia('(prefers-reduced-motion: reduce)');
  stage.setCalm(calm.matches);
  calm.addEventListener('change', () => stage.setCalm(calm.matches));
  const paint = () => {
    const colours = stageColours(document.documentElement);
    stage.setColours(colours);
    stage.twin?.setColours(colours);
  };
  onTheme(paint);
  paint();
  buildInterface(explorer);
  await showAddress(explorer, location.hash, true);
  onReturn((hash) => showAddress(explorer, hash, false));
  return explorer;
}

/**
 * Shows what an address says, and says what of it could not be shown.
 *
 * @param {Explorer} explorer
 * @param {string} hash
 * @param {boolean} first
 */
async function showAddress(explorer, hash, first) {
  const { state, bad, lost } = read(hash, explorer.keys);
  await explorer.restore(state, first);
  const { view } = explorer;
  const words = told(state, explorer.state, bad, lost, { view: explorer.catalogue.views[0].name, layout: view.layouts[0], group: view.clusterings?.[0]?.key });
  if (words) explorer.show(words);
}

function open() {
  const root = document.documentElement.dataset.root || './';
  if (isKiosk(location.search)) bringKiosk(root);
  if (!hasWebGL()) return showPlain(t('plain.webgl'));
  document.documentElement.classList.add('exploring');
  const data = new Data(root, location.protocol === 'file:');
  const ready = start(data, root).then((explorer) => {
    volvelle.stats = explorer.stage.stats;
    volvelle.state = () => structuredClone(explorer.state);
    volvelle.explorer = explorer;
  });
  ready.catch((error) => {
    const reason = error instanceof Error ? error.message : '';
    showPlain(reason === t('plain.version') ? reason : t('plain.data', { reason }));
  });
  volvelle.ready = ready;
}

/**
 * What the data scripts call, and what tests look at.
 *
 * @type {{add: typeof add, ready: Promise<void>, stats: object, state: () => object,
 *   explorer: Explorer | null}}
 */
const volvelle = { add, ready: Promise.resolve(), stats: {}, state: () => ({}), explorer: null };
Object.assign(window, { volvelle });
open();
