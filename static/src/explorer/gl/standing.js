/**
 * What all shaders share that draw on the map: how it stands under a tilted eye.
 *
 * @typedef {import('./renderer.js').Frame} Frame
 */
import relief from './relief.glsl';

const HEAD = '#version 300 es\nprecision highp float;\nprecision highp int;\n';

/** @param {string} shader @returns {string} with what it shares in front */
export const withRelief = (shader) => HEAD + relief + shader;

/** @param {string} shader with its version in the first line @returns {string} for images that are drawn as points */
export const asPoints = (shader) => shader.replace('\n', '\n#define POINTS\n');

/**
 * @param {WebGL2RenderingContext} gl
 * @param {Record<string, WebGLUniformLocation | null>} uniforms
 * @param {Frame} frame
 */
export function setRelief(gl, uniforms, frame) {
  gl.uniform2f(uniforms.u_viewport, gl.drawingBufferWidth, gl.drawingBufferHeight);
  gl.uniform3f(uniforms.u_camera, frame.scale, frame.x, frame.y);
  gl.uniform4fv(uniforms.u_turn, frame.turn);
  gl.uniform4fv(uniforms.u_eye, frame.eye);
  gl.uniform1f(uniforms.u_level, frame.level);
}
