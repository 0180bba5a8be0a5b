/**
 * The stage: all sprites, the camera on them and the frames. It draws only while something
 * changes; then it rests until `wake` is called.
 *
 * @typedef {import('../../shared/contract.js').Box} Box
 * @typedef {import('../../shared/contract.js').Catalogue} Catalogue
 * @typedef {import('./places.js').Places} Places
 * @typedef {import('./heights.js').Heights} Heights
 * @typedef {import('../gl/threads.js').Ends} Ends
 * @typedef {{frames: number, draws: number, uploads: number}} Stats
 * @typedef {(kind: 'frame' | 'look' | 'rest') => void} Listener `frame` after every frame, `look`
 *   when what is in view may have changed (a few times a second), `rest` when all has come to rest
 */
import { ownBudget } from '../gl/budget.js';
import { createContext } from '../gl/context.js';
import { Renderer } from '../gl/renderer.js';
import { PageStream } from '../gl/stream.js';
import { pageOf, pageOffsets, wantedLevel } from '../gl/atlas-info.js';
import { toScreen } from './camera.js';
import { neededPages } from './needs.js';
import { Pace } from './pace.js';
import { BOW, Passage, STAGGER } from './passage.js';
import { angles, FIRST, FLAT, NEAREST } from './relief.js';
import { Rig } from './rig.js';
import { Sprites } from './sprites.js';

const PASSAGE = 850;
const LIT = 180;
/** Time between two looks at what is in view while the camera moves, in ms. */
const LOOK = 120;
const FADE = 260;
/** Atlas pages given to the graphics card in one frame, and the time after which no more are, in ms. */
const UPLOADS_A_FRAME = 4;
const UPLOAD_TIME = 4;

export class Stage {
  /**
   * @param {HTMLCanvasElement} canvas
   * @param {Catalogue} catalogue
   * @param {(cell: number, page: number, signal: AbortSignal) => Promise<ImageBitmap>} loadPage
   * @param {number} [budget] bytes for atlas pages
   */
  constructor(canvas, catalogue, loadPage, budget = ownBudget()) {
    this.budget = budget;
    this.canvas = canvas;
    this.catalogue = catalogue;
    this.levels = catalogue.atlas.levels;
    this.offsets = pageOffsets(this.levels);
    this.sprites = new Sprites(catalogue);
    this.passage = new Passage(catalogue.count);
    this.rig = new Rig(() => this.wake());
    this.pace = new Pace();
    /** @type {Places | null} */
    this.places = null;
    this.stream = new PageStream((number, signal) => {
      const { level, page } = pageOf(number, this.offsets);
      return loadPage(this.levels[level].cell, page, signal);
    }, () => this.wake());
    /** @type {Set<Listener>} */
    this.listeners = new Set();
    /** @type {Stats} */
    this.stats = { frames: 0, draws: 0, uploads: 0 };
    /** @type {Renderer | null} */
    this.renderer = null;
    this.calm = false;
    this.ratio = 1;
    this.width = 1;
    this.height = 1;
    this.edge = [0, 0, 0, 0.14];
    /** Of lines on the ground, and the ground itself. */
    this.ink = [0, 0, 0, 0.3];
    this.paper = [1, 1, 1, 1];
    /** The ground that images stand on, or stood on last. @type {Heights | null} */
    this.heights = null;
    /** Lines between images. @type {Ends | null} */
    this.ends = null;
    /** Shows the same images with the same light and frames. @type {Stage | null} */
    this.twin = null;
    this.asked = 0;
    this.passageStart = 0;
    this.litStart = 0;
    this.fadeUntil = 0;
    this.lookedAt = 0;
    this.resting = true;
    this.gl = createContext(canvas);
    if (!this.gl) throw new Error('WebGL2 is missing.');
    canvas.addEventListener('webglcontextlost', this.lose);
    canvas.addEventListener('webglcontextrestored', this.restore);
    this.restore();
  }

  /** @param {Event} event */
  lose = (event) => {
    event.preventDefault();
    this.renderer = null;
    this.stream.store = null;
  };

  restore = () => {
    if (!this.gl || this.gl.isContextLost()) return;
    this.renderer = new Renderer(this.gl, this.attributes(), this.levels, this.budget);
    this.renderer.setThreads(this.ends);
    this.setGround(this.heights);
    this.stream.store = this.renderer.pages;
    this.lookedAt = 0;
    this.wake();
  };

  attributes() {
    const { shape, colour, slot, lit, mark, height } = this.sprites;
    return { from: this.passage.from, to: this.passage.to, shape, colour, slot, lit, mark, height };
  }

  /** @param {boolean} calm whether motion should be reduced */
  setCalm(calm) {
    this.calm = calm;
    this.rig.calm = calm;
  }

  /** @param {{edge: number[], ink: number[], paper: number[]}} colours with their opacity, 0-1 */
  setColours({ edge, ink, paper }) {
    [this.edge, this.ink, this.paper] = [edge, ink, paper];
    this.wake();
  }

  /**
   * Lets the images stand on a ground, or lie flat again.
   *
   * @param {Heights | null} heights
   * @param {[number, number] | null} orbit turn and tilt in degrees; null for the usual ones
   * @param {boolean} [jump]
   * @throws {Error} where the device cannot draw the ground; nothing is changed then
   */
  setRelief(heights, orbit, jump = false) {
    const { relief } = this.rig;
    if (heights && heights !== this.heights) {
      this.renderer?.setGround(heights);
      this.heights = heights;
      this.sprites.height.set(heights.rows);
      this.renderer?.send('height');
    }
    if (!heights && relief.flat && !relief.going) return;
    const pose = !heights ? FLAT : orbit ? { turn: orbit[0], tilt: orbit[1], rise: 1 } : FIRST;
    relief.go(pose, jump || this.calm);
    this.lookedAt = 0;
    this.wake();
  }

  /** Of a context that came back: without a ground images stand in the air. @param {Heights | null} heights */
  setGround(heights) {
    try {
      this.renderer?.setGround(heights);
    } catch {
      this.heights = null;
    }
  }

  /** @param {Ends | null} ends */
  setThreads(ends) {
    this.ends = ends;
    this.renderer?.setThreads(ends);
    this.wake();
  }

  /** @param {number} width CSS pixels @param {number} height @param {number} ratio device pixels each */
  resize(width, height, ratio) {
    this.width = width;
    this.height = height;
    this.ratio = ratio;
    this.canvas.width = Math.max(1, Math.round(width * ratio));
    this.canvas.height = Math.max(1, Math.round(height * ratio));
    this.lookedAt = 0;
    // Setting the size has emptied the canvas: draw before the browser shows it.
    if (this.places) this.draw(performance.now());
    this.wake();
  }

  /**
   * Moves all images to another layout.
   *
   * @param {Places} places
   * @param {{jump: boolean, x: number, y: number}} how from which point the move spreads
   */
  setPlaces(places, how) {
    const first = !this.places;
    this.places = places;
    this.rig.bounds = places.bounds;
    this.rig.size = places.size;
    if (first || how.jump || this.calm) {
      this.passage.jump(places.xy, places.size);
    } else {
      this.passage.start(places.xy, places.size, how.x, how.y);
      this.passageStart = performance.now();
    }
    this.renderer?.send('from', 'to');
    this.lookedAt = 0;
    this.wake();
  }

  /** @param {Uint8Array} shown how fully each image is to be shown, 0-255 @param {boolean} [jump] */
  setLit(shown, jump = false) {
    this.twin?.setLit(shown, jump);
    const done = Math.min(1, (performance.now() - this.litStart) / LIT);
    if (!this.sprites.light(shown, done, jump || this.calm)) return;
    this.litStart = performance.now();
    this.renderer?.send('lit');
    this.lookedAt = 0;
    this.wake();
  }

  /** Shows the sprites' frames and sizes as they are now. @param {boolean} [sizes] whether those have changed */
  showMarks(sizes = false) {
    if (this.twin) this.twin.takeMarks(this.sprites);
    this.renderer?.send('mark', ...(sizes ? /** @type {const} */ (['shape']) : []));
    this.lookedAt = 0;
    this.wake();
  }

  /** Takes over frames and sizes. @param {Sprites} sprites */
  takeMarks(sprites) {
    this.sprites.mark.set(sprites.mark);
    this.sprites.shape.set(sprites.shape);
    this.showMarks(true);
  }

  /** Asks for a frame. */
  wake() {
    if (this.asked) return;
    if (this.resting) this.rig.last = this.pace.last = performance.now();
    this.resting = false;
    this.asked = requestAnimationFrame(this.frame);
  }

  /** @param {number} now ms */
  frame = (now) => {
    this.asked = 0;
    if (!this.places) return;
    this.stats.frames++;
    const moving = this.rig.step(now);
    const passing = this.stepPassage(now);
    const lighting = now - this.litStart < LIT;
    if (this.renderer) {
      const uploaded = this.stream.upload(now / 1000, UPLOADS_A_FRAME, UPLOAD_TIME);
      if (uploaded) this.fadeUntil = now + FADE;
      this.stats.uploads += uploaded;
    }
    const held = this.rig.held && !this.rig.making && !this.rig.relief.going;
    const still = (!moving || held) && !passing && !lighting && now >= this.fadeUntil && !this.stream.waiting;
    this.pace.beat(now);
    this.draw(now, this.pace.slow && !still);
    this.tell('frame');
    if (now - this.lookedAt > LOOK) this.look(now);
    if (still) this.rest(now);
    else this.wake();
  };

  /** @param {number} now @returns {boolean} whether images are under way */
  stepPassage(now) {
    if (this.passage.progress >= 1) return false;
    this.passage.progress = Math.max(0, Math.min(1, (now - this.passageStart) / PASSAGE));
    return this.passage.progress < 1;
  }

  /** @param {number} now */
  rest(now) {
    this.resting = true;
    this.look(now);
    if (!this.asked) this.tell('rest');
  }

  /** @param {number} now */
  look(now) {
    this.lookedAt = now;
    this.want();
    this.tell('look');
  }

  /** @param {'frame' | 'look' | 'rest'} kind */
  tell(kind) {
    for (const listener of this.listeners) listener(kind);
  }

  /** @param {number} now @param {boolean} [plain] whether pictures may be coarser */
  draw(now, plain = false) {
    if (!this.renderer || !this.places) return;
    const { camera, free } = this.rig;
    const [x, y] = toScreen(camera, free, 0, 0);
    const { relief } = this.rig;
    relief.level = relief.flat || !this.heights ? 0 : this.heights.at(camera.x, camera.y);
    this.renderer.draw({
      ...relief.frame(free, this.ratio),
      ink: this.ink,
      paper: this.paper,
      threads: this.passage.progress >= 1 ? 1 : Math.max(0, 1 - 4 * Math.min(this.passage.progress, 1 - this.passage.progress)),
      scale: camera.scale * this.ratio,
      x: x * this.ratio,
      y: y * this.ratio,
      sizeTo: this.passage.sizeTo,
      passage: this.passage.progress,
      stagger: STAGGER,
      bow: BOW,
      lit: Math.min(1, (now - this.litStart) / LIT),
      now: now / 1000,
      wanted: this.wanted,
      edge: this.edge,
      largest: this.largest,
      plain,
    });
    this.stats.draws++;
  }

  /** Atlas level for the size at which images are shown. */
  get wanted() {
    // In the landscape the nearest stand larger than they lay.
    return wantedLevel(this.levels, this.pixels * this.ratio * (this.rig.relief.flat ? 1 : 1.6));
  }

  /** Side of an image's square on screen, in CSS pixels. */
  get pixels() {
    return (this.places?.size ?? 0) * this.rig.camera.scale;
  }

  /** Side of the largest square that is on screen now, in device pixels. */
  get largest() {
    const { passage, rig } = this;
    const size = passage.progress < 1 ? Math.max(passage.sizeFrom, passage.sizeTo) : passage.sizeTo;
    return (size * rig.camera.scale * this.ratio) / (rig.relief.flat ? 1 : NEAREST);
  }

  /** Rows whose squares are at least partly in the window and that are not hidden. @returns {number[]} */
  visible() {
    const { places, rig } = this;
    /** @type {number[]} */
    const rows = [];
    if (!places) return rows;
    if (!rig.relief.flat) return this.standing();
    const [left, top] = rig.world(0, 0);
    const [right, bottom] = rig.world(this.width, this.height);
    const half = places.size / 2;
    places.index.within(left - half, top - half, right + half, bottom + half, (row) => {
      if (this.sprites.rank[row]) rows.push(row);
    });
    return rows;
  }

  /** Rows that are in the window while they stand. @returns {number[]} */
  standing() {
    return [...this.sprites.rank.keys()].filter((row) => {
      if (!this.sprites.rank[row]) return false;
      const { x, y, width, height } = this.boxOf(row);
      return width > 0 && x < this.width && x + width > 0 && y < this.height && y + height > 0;
    });
  }

  want() {
    const { places, rig } = this;
    if (!places || !this.renderer) return;
    const { x, y } = rig.camera;
    const { xy } = places;
    const distance = (/** @type {number} */ row) => (xy[row * 2] - x) ** 2 + (xy[row * 2 + 1] - y) ** 2;
    this.stream.want(
      neededPages(this.visible(), distance, this.catalogue.atlas.slots, this.levels, this.offsets, this.wanted),
    );
  }

  /**
   * @param {number} row
   * @returns {Box} the picture on screen now, in CSS pixels
   */
  boxOf(row) {
    /** @type {[number, number, number]} */
    const at = [0, 0, 0];
    this.passage.place(row, at);
    const { camera } = this.rig;
    const { pose } = this.rig.relief;
    const [x, y, scale] = this.point(at[0], at[1], this.sprites.height[row]);
    const width = this.sprites.shape[row * 2] * at[2] * camera.scale * scale;
    const height = this.sprites.shape[row * 2 + 1] * at[2] * camera.scale * scale;
    const foot = 0.5 * height * angles(pose).sinTilt * pose.rise;
    return { x: x - width / 2, y: y - height / 2 - foot, width, height };
  }

  /**
   * @param {number} x in the unit of the layout
   * @param {number} y
   * @param {number} [height] of the ground there, in the same unit; found out where it is missing
   * @returns {[number, number, number]} CSS pixels of the window, and how much larger things are there
   */
  point(x, y, height) {
    const { camera, free, relief } = this.rig;
    const [px, py] = toScreen(camera, free, x, y);
    if (relief.flat) return [px, py, 1];
    const up = ((height ?? this.heights?.at(x, y) ?? 0) - relief.level) * camera.scale;
    const middle = [free.x + free.width / 2, free.y + free.height / 2];
    const [u, v, scale] = relief.stand(px - middle[0], py - middle[1], up);
    return [middle[0] + u, middle[1] + v, scale];
  }

  /** @param {number} row @returns {Box} its square in the unit of the layout, at the end of a passage */
  squareOf(row) {
    const { xy, size } = /** @type {Places} */ (this.places);
    return { x: xy[row * 2] - size / 2, y: xy[row * 2 + 1] - size / 2, width: size, height: size };
  }
}
