/**
 * The viewer: OpenSeadragon in a dialog, with the catalogue's own buttons.
 *
 * It draws on a plain canvas: from file:// a picture may be shown there, but not be a texture.
 */
import OpenSeadragon from 'openseadragon';
import minus from 'lucide-static/icons/zoom-out.svg';
// The set names it after the axis: its halves stand left and right.
import mirror from 'lucide-static/icons/flip-vertical-2.svg';
import plus from 'lucide-static/icons/zoom-in.svg';
import turn from 'lucide-static/icons/rotate-cw.svg';
import whole from 'lucide-static/icons/maximize.svg';
import close from 'lucide-static/icons/x.svg';
import { h } from '../shared/dom.js';
import { WORDS } from '../shared/page-strings.js';

const STEP = 1.5; // times closer at each press
const PLAIN = 100; // per cent of contrast as it is

export class Look {
  /** @param {{src: string, width: number, height: number, alt: string}} picture */
  constructor(picture) {
    this.picture = picture;
    this.stage = h('div', { class: 'look-stage' });
    this.contrast = h('input', { type: 'range', min: '50', max: '300', value: String(PLAIN), step: '10' });
    this.contrast.addEventListener('input', () => this.strengthen());
    this.dialog = h('dialog', { class: 'look', 'aria-label': `${WORDS.zoom}: ${picture.alt}` }, this.stage, this.bar());
    this.dialog.addEventListener('close', () => this.end());
    this.dialog.addEventListener('keydown', (event) => this.key(event));
  }

  open() {
    document.body.append(this.dialog);
    this.dialog.showModal();
    const calm = matchMedia('(prefers-reduced-motion: reduce)').matches;
    forestall();
    this.viewer = OpenSeadragon({
      element: this.stage,
      tileSources: { type: 'image', url: this.picture.src },
      drawer: 'canvas',
      crossOriginPolicy: false,
      showNavigationControl: false,
      animationTime: calm ? 0 : 0.6,
      maxZoomPixelRatio: 4,
      visibilityRatio: 0.5,
      gestureSettingsMouse: { clickToZoom: false, dblClickToZoom: true },
    });
    // Its own keys for these would double ours.
    this.viewer.addHandler('canvas-key', (/** @type {any} */ event) => {
      event.preventDefaultAction = /^[-+=0rfm]$/i.test(event.originalEvent.key);
    });
  }

  bar() {
    const button = (/** @type {string} */ icon, /** @type {string} */ words, /** @type {() => void} */ act) => {
      const node = h('button', { type: 'button', title: words, 'aria-label': words, on: { click: act } });
      const parsed = new DOMParser().parseFromString(icon, 'image/svg+xml');
      const drawn = document.importNode(parsed.documentElement, true);
      drawn.setAttribute('class', 'icon');
      drawn.setAttribute('aria-hidden', 'true');
      node.append(drawn);
      return node;
    };
    return h(
      'div',
      { class: 'look-bar' },
      button(plus, WORDS.closer, () => this.zoom(STEP)),
      button(minus, WORDS.farther, () => this.zoom(1 / STEP)),
      button(whole, WORDS.whole, () => this.viewer?.viewport.goHome()),
      button(turn, WORDS.turn, () => this.turn()),
      button(mirror, WORDS.mirror, () => this.mirror()),
      h('label', {}, WORDS.contrast, this.contrast),
      h('span', { class: 'look-help' }, WORDS.help),
      button(close, WORDS.close, () => this.dialog.close()),
    );
  }

  /** @param {number} by */
  zoom(by) {
    this.viewer?.viewport.zoomBy(by).applyConstraints();
  }

  turn() {
    const { viewport } = this.viewer ?? {};
    viewport?.setRotation((viewport.getRotation() + 90) % 360, true);
  }

  mirror() {
    const { viewport } = this.viewer ?? {};
    viewport?.setFlip(!viewport.getFlip());
    this.dialog.classList.toggle('mirrored', viewport?.getFlip());
  }

  strengthen() {
    const value = Number(this.contrast.value);
    this.stage.style.filter = value === PLAIN ? '' : `contrast(${value}%)`;
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    /** @type {Record<string, () => void>} */
    const acts = {
      '+': () => this.zoom(STEP),
      '=': () => this.zoom(STEP),
      '-': () => this.zoom(1 / STEP),
      '0': () => this.viewer?.viewport.goHome(),
      r: () => this.turn(),
      m: () => this.mirror(),
    };
    const act = acts[event.key.toLowerCase()];
    // The arrow keys turn pages outside; here they move the slider or the picture, or nothing.
    event.stopPropagation();
    if (!act) return;
    event.preventDefault();
    act();
  }

  end() {
    this.viewer?.destroy();
    this.dialog.remove();
  }
}

/**
 * It would write a style into the page, which the page's policy refuses. It does not where it finds
 * one of its kind: an element called so, which is no style sheet.
 */
function forestall() {
  if (document.querySelector('style[data-openseadragon-mobile-css]')) return;
  const stand = document.createElementNS('urn:volvelle', 'style');
  stand.setAttribute('data-openseadragon-mobile-css', 'true');
  document.head.append(stand);
}
