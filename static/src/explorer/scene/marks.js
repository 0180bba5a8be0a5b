/**
 * What is written and drawn on a layout: names of regions and ticks of axes over the images,
 * outlines under them.
 *
 * @typedef {import('./stage.js').Stage} Stage
 * @typedef {import('../../shared/contract.js').Mark} Mark
 * @typedef {{x: number, y: number, width: number, height: number, level: number}} Label middle and size on screen
 */
import { fill, h, svg } from '../../shared/dom.js';
import { toScreen } from './camera.js';

/** Space that labels keep from each other, in CSS pixels. */
const APART = 6;
/** Size of images on screen at which names of regions are gone, in CSS pixels. */
const FADED = 150;
/** A label is not made narrower than this to fit between its neighbours, in CSS pixels. */
const NARROWEST = 44;

export class Marks {
  /** @param {Stage} stage */
  constructor(stage) {
    this.stage = stage;
    this.node = h('div', { class: 'marks', data: { marks: '' } });
    this.group = svg('g');
    /** Contours, over the images. */
    this.contours = svg('g');
    this.density = svg('svg', { class: 'outlines density', 'aria-hidden': 'true' }, this.contours);
    this.outlines = svg('svg', { class: 'outlines', 'aria-hidden': 'true' }, this.group);
    /** @type {{mark: Mark, node: HTMLElement, gap: number, width: number, height: number}[]} */
    this.labels = [];
    this.scale = 0;
    stage.listeners.add((kind) => {
      if (kind === 'frame') this.follow();
      else this.choose();
    });
  }

  /**
   * Takes over what the present layout has.
   *
   * @param {boolean} named whether its names stand there already, as links
   * @param {Mark[]} [regions] names of groups, where the layout has no words of its own
   */
  show(named, regions = []) {
    const { places } = this.stage;
    const own = named ? [] : (places?.marks ?? []);
    const marks = own.length || named ? own : regions;
    this.node.classList.toggle('regions', marks === regions && regions.length > 0);
    const gaps = gapsOf(marks);
    this.labels = marks.map((mark, i) => ({
      mark, gap: gaps[i], width: 0, height: 0,
      node: h('span', { class: `mark level-${mark.level}` }, h('bdi', {}, mark.text)),
    }));
    this.scale = 0;
    fill(this.node, ...this.labels.map((label) => label.node));
    const paths = (places?.lines ?? []).filter((line) => line.length > 1);
    fill(this.group, ...paths.map((line) => svg('path', { d: `M${line.map(([x, y]) => `${x} ${y}`).join('L')}`, 'vector-effect': 'non-scaling-stroke' })));
    this.choose();
    this.follow();
  }

  /** @param {string[]} paths of the density, in the unit of the layout */
  showDensity(paths) {
    fill(this.contours, ...paths.map((d) => svg('path', { d, 'vector-effect': 'non-scaling-stroke' })));
    this.follow();
  }

  follow() {
    if (!this.labels.length && !this.group.childElementCount && !this.contours.childElementCount) return;
    const { rig, passage } = this.stage;
    const passing = passage.progress < 1;
    // What is drawn flat does not lie on a ground.
    const flat = rig.relief.flat;
    this.node.classList.toggle('passing', passing);
    this.outlines.classList.toggle('passing', passing || !flat);
    this.density.classList.toggle('passing', passing || !flat);
    this.node.classList.toggle('from-start', this.stage.places?.name === 'sources');
    const [left, top] = toScreen(rig.camera, rig.free, 0, 0);
    // Names of regions give way to the pictures.
    this.node.style.opacity = this.node.classList.contains('regions') ? Math.max(0, Math.min(1, (FADED - this.stage.pixels) / 60)).toFixed(2) : '';
    this.contours.setAttribute('transform', `translate(${left} ${top}) scale(${rig.camera.scale})`);
    this.group.setAttribute('transform', `translate(${left} ${top}) scale(${rig.camera.scale})`);
    for (const { mark, node } of this.labels) {
      const [x, y] = this.stage.point(mark.x, mark.y);
      node.style.transform = `translate(${x.toFixed(1)}px, ${y.toFixed(1)}px) translate(var(--mark-start, -50%), -50%)`;
    }
  }

  /** Long names are set in lines, as wide as there is room. @param {number} scale */
  measure(scale) {
    if (scale === this.scale) return;
    this.scale = scale;
    for (const { node, gap } of this.labels) {
      const room = gap * scale - APART;
      node.style.maxWidth = Number.isFinite(room) ? `${Math.max(NARROWEST, room).toFixed(0)}px` : '';
    }
    for (const label of this.labels) {
      label.width = label.node.offsetWidth;
      label.height = label.node.offsetHeight;
    }
  }

  /** Shows as many labels as there is room for. */
  choose() {
    if (!this.labels.length) return;
    this.measure(this.stage.rig.camera.scale);
    const shown = withRoom(this.labels.map(({ mark, width, height }) => {
      const [x, y] = this.stage.point(mark.x, mark.y);
      return { x, y, width, height, level: mark.level };
    }));
    this.labels.forEach(({ node }, i) => node.classList.toggle('crowded', !shown[i]));
  }
}

/**
 * How far it is from each mark to the next of its level and height; Infinity where there is none.
 *
 * @param {Mark[]} marks
 * @returns {number[]}
 */
export function gapsOf(marks) {
  const gaps = new Array(marks.length).fill(Infinity);
  const order = marks.map((_, i) => i).sort((a, b) => marks[a].level - marks[b].level || marks[a].y - marks[b].y || marks[a].x - marks[b].x);
  for (let i = 1; i < order.length; i++) {
    const [a, b] = [order[i - 1], order[i]];
    if (marks[a].level !== marks[b].level || Math.abs(marks[a].y - marks[b].y) > 1e-6) continue;
    const gap = marks[b].x - marks[a].x;
    gaps[a] = Math.min(gaps[a], gap);
    gaps[b] = gap;
  }
  return gaps;
}

/**
 * Which labels can be shown: those of low level before others, none that would touch one before.
 *
 * @param {Label[]} labels
 * @param {number} [apart]
 * @returns {boolean[]}
 */
export function withRoom(labels, apart = APART) {
  const shown = new Array(labels.length).fill(false);
  /** @type {Label[]} */
  const kept = [];
  const order = labels.map((_, i) => i).sort((a, b) => labels[a].level - labels[b].level || a - b);
  for (const at of order) {
    const label = labels[at];
    if (kept.some((other) => touch(label, other, apart))) continue;
    shown[at] = true;
    kept.push(label);
  }
  return shown;
}

/** @param {Label} a @param {Label} b @param {number} apart */
function touch(a, b, apart) {
  return Math.abs(a.x - b.x) < (a.width + b.width) / 2 + apart && Math.abs(a.y - b.y) < (a.height + b.height) / 2;
}
