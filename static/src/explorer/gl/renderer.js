/**
 * Draws all sprites in one call: as points, of one corner each, while the device draws points so
 * large, else as instanced quads, which cost four corners and, drawn in software, a call each.
 *
 * @typedef {import('../../shared/contract.js').AtlasLevel} AtlasLevel
 * @typedef {{
 *   scale: number, x: number, y: number, sizeTo: number, passage: number, stagger: number,
 *   bow: number, lit: number, now: number, wanted: number,
 *   edge: number[], turn: number[], eye: number[], level: number, ink: number[], paper: number[],
 *   threads: number, largest: number, plain: boolean,
 * }} Frame what changes from frame to frame; scale, x and y in device pixels, colours 0-1;
 *   largest: side of the largest square on screen, in device pixels;
 *   plain: whether pictures may be coarser
 * @typedef {{
 *   from: Float32Array, to: Float32Array, shape: Float32Array, colour: Uint8Array,
 *   slot: Uint32Array, lit: Uint8Array, mark: Uint8Array, height: Float32Array,
 * }} Arrays the sprites' attributes
 */
import { createProgram, uniformsOf } from './context.js';
import { Ground } from './ground.js';
import { Pages } from './pages.js';
import { asPoints, setRelief, withRelief } from './standing.js';
import { Threads } from './threads.js';
import vertex from './sprite.vert';
import fragment from './sprite.frag';

/** @type {{name: keyof Arrays, size: number, type: 'FLOAT' | 'UNSIGNED_BYTE' | 'UNSIGNED_INT'}[]} */
const ATTRIBUTES = [
  { name: 'from', size: 4, type: 'FLOAT' },
  { name: 'to', size: 2, type: 'FLOAT' },
  { name: 'shape', size: 2, type: 'FLOAT' },
  { name: 'colour', size: 4, type: 'UNSIGNED_BYTE' },
  { name: 'slot', size: 1, type: 'UNSIGNED_INT' },
  { name: 'lit', size: 2, type: 'UNSIGNED_BYTE' },
  { name: 'mark', size: 4, type: 'UNSIGNED_BYTE' },
  { name: 'height', size: 1, type: 'FLOAT' },
];

export class Renderer {
  /**
   * @param {WebGL2RenderingContext} gl
   * @param {Arrays} arrays
   * @param {AtlasLevel[]} levels
   * @param {number} budget bytes for the texture
   */
  constructor(gl, arrays, levels, budget) {
    this.gl = gl;
    this.arrays = arrays;
    this.count = arrays.slot.length;
    this.levels = levels;
    this.pages = new Pages(gl, levels, budget);
    /** @type {Map<keyof Arrays, WebGLBuffer | null>} */
    this.buffers = new Map(ATTRIBUTES.map(({ name }) => [name, this.fill(name)]));
    /** Points larger than this are not drawn whole. */
    this.largest = gl.getParameter(gl.ALIASED_POINT_SIZE_RANGE)?.[1] ?? 1;
    this.quads = this.way(withRelief(vertex), fragment, 1);
    this.points = this.way(asPoints(withRelief(vertex)), asPoints(fragment), 0);
    /** @type {Ground | null} */
    this.ground = null;
    /** @type {Threads | null} */
    this.threads = null;
    this.settle();
  }

  /**
   * Sets the ground of a landscape.
   *
   * @param {import('../scene/heights.js').Heights | null} heights
   * @throws {Error} where the device cannot draw it
   */
  setGround(heights) {
    this.ground?.free();
    this.ground = heights && new Ground(this.gl, heights);
  }

  /** Sets the lines between images. @param {import('./threads.js').Ends | null} ends */
  setThreads(ends) {
    if (!ends && !this.threads) return;
    this.threads ??= new Threads(this.gl);
    this.threads.send(ends ?? { places: new Float32Array(0), near: new Float32Array(0) });
  }

  /** @param {keyof Arrays} name @returns {WebGLBuffer | null} */
  fill(name) {
    const { gl } = this;
    const buffer = gl.createBuffer();
    gl.bindBuffer(gl.ARRAY_BUFFER, buffer);
    gl.bufferData(gl.ARRAY_BUFFER, this.arrays[name], gl.DYNAMIC_DRAW);
    return buffer;
  }

  /**
   * A way of drawing the sprites.
   *
   * @param {string} vertex shader
   * @param {string} fragment shader
   * @param {0 | 1} divisor 1: attributes change with the instance; 0: with the vertex
   */
  way(vertex, fragment, divisor) {
    const { gl } = this;
    const program = createProgram(gl, vertex, fragment);
    const vertices = gl.createVertexArray();
    gl.bindVertexArray(vertices);
    ATTRIBUTES.forEach(({ name, size, type }, location) => {
      gl.bindBuffer(gl.ARRAY_BUFFER, this.buffers.get(name) ?? null);
      gl.enableVertexAttribArray(location);
      gl.vertexAttribDivisor(location, divisor);
      if (type === 'UNSIGNED_INT') gl.vertexAttribIPointer(location, size, gl[type], 0, 0);
      else gl.vertexAttribPointer(location, size, gl[type], type !== 'FLOAT', 0, 0);
    });
    return { program, vertices, uniforms: uniformsOf(gl, program) };
  }

  /** Sets what stays the same for the life of the context. */
  settle() {
    const { gl } = this;
    gl.enable(gl.BLEND);
    gl.blendFuncSeparate(gl.SRC_ALPHA, gl.ONE_MINUS_SRC_ALPHA, gl.ONE, gl.ONE_MINUS_SRC_ALPHA);
    gl.enable(gl.DEPTH_TEST);
    gl.depthFunc(gl.LEQUAL);
    const columns = [1, 1, 1, 1];
    const offsets = [0, 0, 0, 0];
    this.levels.forEach((level, i) => {
      columns[i] = level.columns;
      offsets[i] = this.pages.offsets[i];
    });
    for (const { program, uniforms } of [this.quads, this.points]) {
      gl.useProgram(program);
      gl.uniform4iv(uniforms.u_columns, columns);
      gl.uniform4iv(uniforms.u_offsets, offsets);
      gl.uniform1i(uniforms.u_levels, this.levels.length);
      gl.uniform1i(uniforms.u_pages, 0);
      gl.uniform1i(uniforms.u_table, 1);
    }
  }

  /** Sends a changed array to the card. @param {...keyof Arrays} names */
  send(...names) {
    const { gl } = this;
    for (const name of names) {
      gl.bindBuffer(gl.ARRAY_BUFFER, this.buffers.get(name) ?? null);
      gl.bufferSubData(gl.ARRAY_BUFFER, 0, this.arrays[name]);
    }
  }

  /** @param {Frame} frame */
  draw(frame) {
    const { gl } = this;
    const { drawingBufferWidth: width, drawingBufferHeight: height } = gl;
    gl.viewport(0, 0, width, height);
    gl.clearColor(0, 0, 0, 0);
    gl.clear(gl.COLOR_BUFFER_BIT | gl.DEPTH_BUFFER_BIT);
    if (frame.eye[2] > 0) this.ground?.draw(frame);
    this.threads?.draw(frame);
    const small = frame.largest + 2 <= this.largest;
    const { program, vertices, uniforms } = small ? this.points : this.quads;
    // A point goes as soon as its middle leaves the viewport, which is therefore larger than the window.
    const margin = small ? Math.ceil(frame.largest / 2) + 2 : 0;
    gl.viewport(-margin, -margin, width + 2 * margin, height + 2 * margin);
    gl.useProgram(program);
    setRelief(gl, uniforms, frame);
    gl.uniform1f(uniforms.u_margin, margin);
    gl.uniform1i(uniforms.u_plain, Number(frame.plain));
    gl.uniform1f(uniforms.u_size_to, frame.sizeTo);
    gl.uniform1f(uniforms.u_passage, frame.passage);
    gl.uniform1f(uniforms.u_stagger, frame.stagger);
    gl.uniform1f(uniforms.u_bow, frame.bow);
    gl.uniform1f(uniforms.u_lit, frame.lit);
    gl.uniform1f(uniforms.u_now, frame.now);
    gl.uniform1i(uniforms.u_wanted, frame.wanted);
    gl.uniform4fv(uniforms.u_edge, frame.edge);
    this.pages.bind();
    gl.bindVertexArray(vertices);
    if (small) gl.drawArrays(gl.POINTS, 0, this.count);
    else gl.drawArraysInstanced(gl.TRIANGLE_STRIP, 0, 4, this.count);
  }
}
