/** A WebGL2 context and the programs compiled for it. */

/**
 * @param {HTMLCanvasElement} canvas
 * @returns {WebGL2RenderingContext | null} null where WebGL2 is missing
 */
export function createContext(canvas) {
  return canvas.getContext('webgl2', {
    alpha: true, // outlines are drawn under the canvas
    premultipliedAlpha: true,
    antialias: false, // the fragment shader smooths the edges of the quads itself
    depth: true,
    stencil: false,
    powerPreference: 'high-performance',
  });
}

/**
 * @param {WebGL2RenderingContext} gl
 * @param {string} vertex source of the vertex shader
 * @param {string} fragment source of the fragment shader
 * @returns {WebGLProgram}
 * @throws {Error} with the compiler's log
 */
export function createProgram(gl, vertex, fragment) {
  const program = gl.createProgram();
  for (const [type, source] of /** @type {[number, string][]} */ ([
    [gl.VERTEX_SHADER, vertex],
    [gl.FRAGMENT_SHADER, fragment],
  ])) {
    const shader = gl.createShader(type);
    if (!shader) throw new Error('The graphics context is lost.');
    gl.shaderSource(shader, source);
    gl.compileShader(shader);
    gl.attachShader(program, shader);
    if (!gl.getShaderParameter(shader, gl.COMPILE_STATUS) && !gl.isContextLost()) {
      throw new Error(`A shader does not compile: ${gl.getShaderInfoLog(shader)}`);
    }
  }
  gl.linkProgram(program);
  if (!gl.getProgramParameter(program, gl.LINK_STATUS) && !gl.isContextLost()) {
    throw new Error(`The shaders do not link: ${gl.getProgramInfoLog(program)}`);
  }
  return program;
}

/**
 * @param {WebGL2RenderingContext} gl
 * @param {WebGLProgram} program
 * @returns {Record<string, WebGLUniformLocation | null>} locations by name, arrays without "[0]"
 */
export function uniformsOf(gl, program) {
  /** @type {Record<string, WebGLUniformLocation | null>} */
  const found = {};
  const count = gl.getProgramParameter(program, gl.ACTIVE_UNIFORMS) ?? 0;
  for (let i = 0; i < count; i++) {
    const name = gl.getActiveUniform(program, i)?.name.replace('[0]', '');
    if (name) found[name] = gl.getUniformLocation(program, name);
  }
  return found;
}
