/**
 * Draws the ground of the landscape: a lattice of heights with contour lines.
 *
 * @typedef {import('../scene/heights.js').Heights} Heights
 * @typedef {import('./renderer.js').Frame} Frame
 */
import { createProgram, uniformsOf } from './context.js';
import { setRelief, withRelief } from './standing.js';
import vertex from './ground.vert';
import fragment from './ground.frag';

/** Contour lines from the plain to the highest top. */
const LINES = 20;

export class Ground {
  /**
   * @param {WebGL2RenderingContext} gl
   * @param {Heights} heights
   * @throws {Error} where the device cannot draw it
   */
  constructor(gl, heights) {
    this.gl = gl;
    this.program = createProgram(gl, withRelief(vertex), fragment);
    this.uniforms = uniformsOf(gl, this.program);
    const { places, triangles, highest } = lattice(heights);
    this.step = highest / LINES || 1;
    this.count = triangles.length;
    this.vertices = gl.createVertexArray();
    gl.bindVertexArray(this.vertices);
    this.buffers = [gl.createBuffer(), gl.createBuffer()];
    gl.bindBuffer(gl.ARRAY_BUFFER, this.buffers[0]);
    gl.bufferData(gl.ARRAY_BUFFER, places, gl.STATIC_DRAW);
    gl.enableVertexAttribArray(0);
    gl.vertexAttribPointer(0, 3, gl.FLOAT, false, 0, 0);
    gl.bindBuffer(gl.ELEMENT_ARRAY_BUFFER, this.buffers[1]);
    gl.bufferData(gl.ELEMENT_ARRAY_BUFFER, triangles, gl.STATIC_DRAW);
    gl.bindVertexArray(null);
  }

  /** @param {Frame} frame */
  draw(frame) {
    const { gl, uniforms } = this;
    gl.useProgram(this.program);
    setRelief(gl, uniforms, frame);
    gl.uniform4fv(uniforms.u_ink, frame.ink);
    gl.uniform4fv(uniforms.u_paper, frame.paper);
    gl.uniform1f(uniforms.u_step, this.step);
    gl.uniform1f(uniforms.u_rise, Math.min(1, 2 * frame.eye[3]));
    gl.bindVertexArray(this.vertices);
    gl.drawElements(gl.TRIANGLES, this.count, gl.UNSIGNED_INT, 0);
    // Pictures are never hidden behind a hill.
    gl.clear(gl.DEPTH_BUFFER_BIT);
  }

  free() {
    const { gl } = this;
    for (const buffer of this.buffers) gl.deleteBuffer(buffer);
    gl.deleteVertexArray(this.vertices);
    gl.deleteProgram(this.program);
  }
}

/**
 * @param {Heights} heights
 * @returns {{places: Float32Array, triangles: Uint32Array, highest: number}} x, y and height of the
 *   lattice's corners; corners of its triangles
 */
export function lattice(heights) {
  const { data, width, height, cell, left, top } = heights.field;
  const places = new Float32Array(width * height * 3);
  let highest = 0;
  for (let at = 0; at < width * height; at++) {
    const up = heights.of(data[at]);
    highest = Math.max(highest, up);
    places.set([left + ((at % width) + 0.5) * cell, top + (Math.floor(at / width) + 0.5) * cell, up], at * 3);
  }
  const triangles = new Uint32Array((width - 1) * (height - 1) * 6);
  for (let row = 0, at = 0; row < height - 1; row++) {
    for (let column = 0; column < width - 1; column++, at += 6) {
      const corner = row * width + column;
      triangles.set([corner, corner + 1, corner + width, corner + 1, corner + width + 1, corner + width], at);
    }
  }
  return { places, triangles, highest };
}
