/**
 * Draws lines between relatives, under the pictures.
 *
 * @typedef {import('./renderer.js').Frame} Frame
 * @typedef {{places: Float32Array, near: Float32Array}} Ends x, y and height of both ends of each
 *   line, one line after another, and how near its images are to each other, 0-1, at both ends
 */
import { createProgram, uniformsOf } from './context.js';
import { setRelief, withRelief } from './standing.js';
import vertex from './threads.vert';
import fragment from './threads.frag';

export class Threads {
  /** @param {WebGL2RenderingContext} gl */
  constructor(gl) {
    this.gl = gl;
    this.program = createProgram(gl, withRelief(vertex), fragment);
    this.uniforms = uniformsOf(gl, this.program);
    this.count = 0;
    this.vertices = gl.createVertexArray();
    gl.bindVertexArray(this.vertices);
    this.buffers = [3, 1].map((size, location) => {
      const buffer = gl.createBuffer();
      gl.bindBuffer(gl.ARRAY_BUFFER, buffer);
      gl.enableVertexAttribArray(location);
      gl.vertexAttribPointer(location, size, gl.FLOAT, false, 0, 0);
      return buffer;
    });
    gl.bindVertexArray(null);
  }

  /** @param {Ends} ends */
  send({ places, near }) {
    const { gl } = this;
    [places, near].forEach((values, at) => {
      gl.bindBuffer(gl.ARRAY_BUFFER, this.buffers[at]);
      gl.bufferData(gl.ARRAY_BUFFER, values, gl.DYNAMIC_DRAW);
    });
    this.count = near.length;
  }

  /** @param {Frame} frame */
  draw(frame) {
    if (!this.count || frame.threads <= 0) return;
    const { gl, uniforms } = this;
    gl.useProgram(this.program);
    setRelief(gl, uniforms, frame);
    gl.uniform4fv(uniforms.u_ink, frame.ink);
    gl.uniform1f(uniforms.u_shown, frame.threads);
    gl.depthMask(false);
    gl.bindVertexArray(this.vertices);
    gl.drawArrays(gl.LINES, 0, this.count);
    gl.depthMask(true);
  }
}
