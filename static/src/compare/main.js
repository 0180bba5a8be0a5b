/**
 * The page of two images, laid over each other. Its address says which, and how they are shown.
 */
import { add, Data } from '../shared/data.js';
import { fill, h } from '../shared/dom.js';
import { App } from './app.js';
import { Blink } from './blink.js';
import { Cite } from './cite.js';
import { Controls } from './controls.js';
import { Cursor } from './cursor.js';
import { gestures } from './gestures.js';
import { Hand } from './hand.js';
import { Handles } from './handles.js';
import { heads } from './heads.js';
import { Help, keys } from './keys.js';
import { Numbers } from './numbers.js';
import { t } from './words.js';

const FORMAT = 1;
/** The stage on paper, in CSS pixels: the width between the margins of A4. */
const PAPER = { width: 656, height: 540 };

/** @param {App} app @param {Element} place */
function build(app, place) {
  const help = new Help();
  const blink = new Blink(app);
  const controls = new Controls(app, blink, () => help.toggle());
  const hand = new Hand(app);
  const both = heads(app);
  const cursor = new Cursor(app);
  new Handles(app);
  const trouble = h('p', { class: 'over-trouble', role: 'status', hidden: true, data: { trouble: '' } });
  const show = h('div', { class: 'over-show' }, controls.top, app.stage.node, h('div', { class: 'over-under' }, controls.own, controls.zoom), cursor.node);
  app.listen(() => {
    show.hidden = !app.whole;
    trouble.textContent = [...app.troubles.values()].join(' ');
    trouble.hidden = !trouble.textContent;
    document.title = `${title(app)} · ${app.catalogue.title}`;
  });
  fill(place, both.node, trouble, show, help.node, h('div', { class: 'columns over-columns' }, new Numbers(app).node, hand.node, new Cite(app).node));
  app.stage.measure();
  point(app, cursor);
  printed(app);
  keys({ app, controls, blink, hand, heads: both, help });
}

/** @param {App} app @returns {string} the page's name in a tab */
function title({ whole, rows, catalogue }) {
  return whole ? `${catalogue.titles[rows.b]} / ${catalogue.titles[rows.a]}` : t('over.choose.two');
}

/** @param {App} app @param {Cursor} cursor */
function point(app, cursor) {
  const { stage } = app;
  gestures(stage.node, {
    move: (dx, dy) => app.move(dx, dy),
    zoom: (by, x, y, target) => app.zoom(by, ...stage.within(stage.under(target), x, y)),
    hover: (event) => cursor.hover(event),
  });
  stage.edge.addEventListener('pointerdown', (event) => {
    event.stopPropagation();
    stage.edge.setPointerCapture(event.pointerId);
    stage.edge.onpointermove = ({ clientX, clientY }) => {
      const [x] = stage.within(stage.a, clientX, clientY);
      app.set({ edge: Math.min(1, Math.max(0, x / stage.pane.width)) });
    };
    stage.edge.onlostpointercapture = () => (stage.edge.onpointermove = null);
  });
}

/** Lays the pictures for the paper: they are placed by a script, which no style sheet calls. @param {App} app */
function printed(app) {
  const lay = (/** @type {typeof PAPER | null} */ size) => {
    const { style } = app.stage.node;
    style.width = size ? `${size.width}px` : '';
    style.height = size ? `${size.height}px` : '';
    app.stage.measure();
    app.show();
  };
  addEventListener('beforeprint', () => lay(PAPER));
  addEventListener('afterprint', () => lay(null));
}

/** @param {Element} place */
async function start(place) {
  const root = document.documentElement.dataset.root || './';
  const data = new Data(root, location.protocol === 'file:');
  try {
    const catalogue = await data.get('catalogue');
    if (catalogue.format !== FORMAT) throw new Error(t('over.format'));
    const app = new App(catalogue, data, root);
    build(app, place);
    app.load();
    volvelle.compare = app;
    await app.loading;
  } catch (error) {
    const reason = error instanceof Error ? error.message : '';
    fill(place, h('p', { class: 'over-trouble', role: 'status', data: { trouble: '' } }, reason === t('over.format') ? reason : t('over.failed', { reason })));
  }
}

/**
 * What the data scripts call, and what tests look at.
 *
 * @type {{add: typeof add, ready: Promise<void>, compare: App | null}}
 */
const volvelle = { add, ready: Promise.resolve(), compare: null };
Object.assign(window, { volvelle });
const place = document.querySelector('[data-compare]');
if (place) volvelle.ready = start(place);
