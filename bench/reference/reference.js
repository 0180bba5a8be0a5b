/**
 * The plainest honest viewer of a map of images: all atlas pages are fetched and uploaded before
 * the first frame, one instanced draw, no levels of detail, redraws for ever. `?cell=64` names the
 * level that is used.
 */
const cell = Number(new URLSearchParams(location.search).get('cell') ?? 128);
const canvas = document.querySelector('canvas');
const gl = canvas.getContext('webgl2', { antialias: false, powerPreference: 'high-performance' });
const json = async (path) => (await fetch(`../${path}`)).json();

const VERTEX = `#version 300 es
layout(location = 0) in vec2 a_place;
layout(location = 1) in vec2 a_shape;
layout(location = 2) in float a_slot;
uniform vec3 u_camera;
uniform vec2 u_viewport;
uniform float u_size;
uniform float u_columns;
out vec3 v_at;
void main() {
  vec2 corner = vec2(gl_VertexID & 1, gl_VertexID >> 1);
  vec2 pixels = (a_place + (corner - 0.5) * a_shape * u_size) * u_camera.x + u_camera.yz;
  vec2 clip = pixels / u_viewport * 2.0 - 1.0;
  gl_Position = vec4(clip.x, -clip.y, 0.5, 1.0);
  float cells = u_columns * u_columns;
  float page = floor(a_slot / cells);
  float place = a_slot - page * cells;
  vec2 at = vec2(mod(place, u_columns), floor(place / u_columns));
  v_at = vec3((at + corner * a_shape * 0.998) / u_columns, page);
}`;
const FRAGMENT = `#version 300 es
precision highp float;
precision highp sampler2DArray;
in vec3 v_at;
uniform sampler2DArray u_pages;
out vec4 colour;
void main() { colour = texture(u_pages, v_at); }`;

function compiled() {
  const program = gl.createProgram();
  for (const [type, source] of [[gl.VERTEX_SHADER, VERTEX], [gl.FRAGMENT_SHADER, FRAGMENT]]) {
    const shader = gl.createShader(type);
    gl.shaderSource(shader, source);
    gl.compileShader(shader);
    if (!gl.getShaderParameter(shader, gl.COMPILE_STATUS)) throw new Error(gl.getShaderInfoLog(shader));
    gl.attachShader(program, shader);
  }
  gl.linkProgram(program);
  gl.useProgram(program);
  return program;
}

/** Fetches all pages at once and uploads them as they come. */
async function textures(level) {
  gl.bindTexture(gl.TEXTURE_2D_ARRAY, gl.createTexture());
  gl.texStorage3D(gl.TEXTURE_2D_ARRAY, 1, gl.RGBA8, 1024, 1024, level.pages);
  gl.texParameteri(gl.TEXTURE_2D_ARRAY, gl.TEXTURE_MIN_FILTER, gl.LINEAR);
  const bring = async (page) => {
    const blob = await (await fetch(`../atlas/${cell}/${page}.webp`)).blob();
    const bitmap = await createImageBitmap(blob);
    gl.texSubImage3D(gl.TEXTURE_2D_ARRAY, 0, 0, 0, page, 1024, 1024, 1, gl.RGBA, gl.UNSIGNED_BYTE, bitmap);
    bitmap.close();
  };
  await Promise.all(Array.from({ length: level.pages }, (_, page) => bring(page)));
}

function attribute(location, values, size) {
  gl.bindBuffer(gl.ARRAY_BUFFER, gl.createBuffer());
  gl.bufferData(gl.ARRAY_BUFFER, values, gl.STATIC_DRAW);
  gl.enableVertexAttribArray(location);
  gl.vertexAttribPointer(location, size, gl.FLOAT, false, 0, 0);
  gl.vertexAttribDivisor(location, 1);
}

function sprites(catalogue, map) {
  const rows = new Map(map.ids.map((id, at) => [id, at]));
  const places = new Float32Array(catalogue.count * 2);
  const shapes = new Float32Array(catalogue.count * 2);
  catalogue.ids.forEach((id, row) => {
    const at = rows.get(id);
    const longer = Math.max(catalogue.width[row], catalogue.height[row]);
    places.set([map.x[at], map.y[at]], row * 2);
    shapes.set([catalogue.width[row] / longer, catalogue.height[row] / longer], row * 2);
  });
  attribute(0, places, 2);
  attribute(1, shapes, 2);
  attribute(2, Float32Array.from(catalogue.atlas.slots), 1);
}

const camera = { x: 0.5, y: 0.5, scale: 1 };

function steer() {
  canvas.addEventListener('wheel', (event) => {
    const factor = Math.exp(-event.deltaY * 0.0015);
    const dx = (event.clientX - innerWidth / 2) / camera.scale;
    const dy = (event.clientY - innerHeight / 2) / camera.scale;
    camera.x += dx * (1 - 1 / factor);
    camera.y += dy * (1 - 1 / factor);
    camera.scale *= factor;
    event.preventDefault();
  }, { passive: false });
  canvas.addEventListener('pointermove', (event) => {
    if (!event.buttons) return;
    camera.x -= event.movementX / camera.scale;
    camera.y -= event.movementY / camera.scale;
  });
}

async function start() {
  const catalogue = await json('api/catalogue.json');
  const map = await json(`api/layouts/${catalogue.views[0].name}-map.json`);
  const level = catalogue.atlas.levels.find((one) => one.cell === cell);
  const program = compiled();
  await textures(level);
  sprites(catalogue, map);
  canvas.width = innerWidth;
  canvas.height = innerHeight;
  const [width, height] = [Math.max(...map.x), Math.max(...map.y)];
  Object.assign(camera, { x: width / 2, y: height / 2, scale: 0.92 * Math.min(innerWidth / width, innerHeight / height) });
  steer();
  const at = (name) => gl.getUniformLocation(program, name);
  gl.uniform2f(at('u_viewport'), canvas.width, canvas.height);
  gl.uniform1f(at('u_size'), map.size);
  gl.uniform1f(at('u_columns'), level.columns);
  gl.viewport(0, 0, canvas.width, canvas.height);
  gl.clearColor(1, 1, 1, 1);
  const place = at('u_camera');
  const frame = () => {
    gl.clear(gl.COLOR_BUFFER_BIT);
    gl.uniform3f(place, camera.scale, innerWidth / 2 - camera.x * camera.scale, innerHeight / 2 - camera.y * camera.scale);
    gl.drawArraysInstanced(gl.TRIANGLE_STRIP, 0, 4, catalogue.count);
    requestAnimationFrame(frame);
  };
  frame();
}

start();
