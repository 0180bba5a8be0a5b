// One quad an image, or one point. Positions are in the unit of the layouts; `a_from` and `a_to` are the two ends
// of a passage.
layout(location = 0) in vec4 a_from;   // x, y, size, delay 0-1
layout(location = 1) in vec2 a_to;
layout(location = 2) in vec2 a_shape;  // share of the square that the picture fills
layout(location = 3) in vec4 a_colour; // mean colour
layout(location = 4) in uint a_slot;
layout(location = 5) in vec2 a_lit;    // 0 hidden, 1 fully shown: before and after a change
layout(location = 6) in vec4 a_mark;   // colour of the frame; opacity 0 none, 0.5 plain, 1 selected
layout(location = 7) in float a_height; // of the ground under the image

uniform float u_size_to;
uniform float u_passage;    // 0-1
uniform float u_stagger;
uniform float u_bow;
uniform float u_lit;        // 0-1
uniform float u_now;        // seconds
uniform highp sampler2D u_table; // per page: layer + 1 or 0, time of loading
uniform ivec4 u_columns;    // cells a row of a page, per level
uniform ivec4 u_offsets;    // first entry of a level in the table
uniform int u_levels;
uniform int u_wanted;
uniform float u_margin;     // device pixels that the viewport is larger than the window, on each side

#ifdef POINTS
flat out float v_side;      // of the square that is drawn, in device pixels
#else
out vec2 v_corner;          // 0-1 over the picture, a little outside at its soft edge
#endif
out vec2 v_fade;            // opacity; how far the sharper level has come in
flat out vec2 v_pixels;     // size of the picture in device pixels
flat out vec3 v_colour;
flat out vec4 v_mark;
flat out vec3 v_sharp;      // u, v, layer or -1
flat out vec3 v_blunt;
flat out vec4 v_extent;     // size of the picture on its page at the two levels

const float TABLE_WIDTH = 256.0;

vec2 entry(int level, int page) {
  int at = u_offsets[level] + page;
  return texelFetch(u_table, ivec2(at % int(TABLE_WIDTH), at / int(TABLE_WIDTH)), 0).rg;
}

// Where the picture is at a level: false if its page is not loaded.
bool place(int level, out vec3 at, out vec2 extent, out float since) {
  int columns = u_columns[level];
  int slot = int(a_slot);
  int page = slot / (columns * columns);
  vec2 found = entry(level, page);
  if (found.x < 0.5) return false;
  int cell = slot - page * columns * columns;
  float side = 1.0 / float(columns);
  float texels = 1024.0 * side;
  at = vec3(float(cell % columns) * side, float(cell / columns) * side, found.x - 1.0);
  // Images may be shown smaller than their squares; on the page the longer side fills its cell.
  extent = max(vec2(1.0), floor(texels * a_shape / max(a_shape.x, a_shape.y) + 0.5)) / 1024.0;
  since = u_now - found.y;
  return true;
}

void choose() {
  v_sharp = vec3(0.0, 0.0, -1.0);
  v_blunt = vec3(0.0, 0.0, -1.0);
  v_extent = vec4(0.0);
  v_fade.y = 1.0;
  bool found = false;
  vec3 at;
  vec2 extent;
  float since;
  for (int i = 0; i < u_levels; i++) {
    // The wanted level, then blunter ones, then sharper ones.
    int level = i <= u_wanted ? u_wanted - i : i;
    if (!place(level, at, extent, since)) continue;
    if (!found) {
      found = true;
      v_sharp = at;
      v_extent.xy = extent;
      v_fade.y = clamp(since * 5.0, 0.0, 1.0);
      if (v_fade.y >= 1.0) return;
    } else {
      v_blunt = at;
      v_extent.zw = extent;
      return;
    }
  }
}

void main() {
  float t = clamp((u_passage * (1.0 + u_stagger) - a_from.w * u_stagger), 0.0, 1.0);
  float eased = t < 0.5 ? 4.0 * t * t * t : 1.0 - pow(2.0 - 2.0 * t, 3.0) * 0.5;
  vec2 way = a_to - a_from.xy;
  vec2 centre = a_from.xy + way * eased + vec2(-way.y, way.x) * (4.0 * eased * (1.0 - eased) * u_bow);
  float size = mix(a_from.z, u_size_to, eased);

  float opacity = mix(a_lit.x, a_lit.y, u_lit);
  vec4 stood = stand(centre, a_height);
  v_pixels = max(a_shape * size * u_camera.x * stood.z, vec2(1.0));
  // Half a pixel more on each side, over which the edge goes from covered to not.
#ifdef POINTS
  vec2 corner = vec2(0.5);
  v_side = max(v_pixels.x, v_pixels.y) + 1.0;
  gl_PointSize = v_side;
#else
  vec2 corner = vec2(gl_VertexID & 1, gl_VertexID >> 1);
  vec2 grown = (v_pixels + 1.0) / v_pixels;
  v_corner = (corner - 0.5) * grown + 0.5;
#endif
  // In the landscape a picture faces the eye and stands on its foot.
  vec2 middle = stood.xy - vec2(0.0, 0.5 * v_pixels.y * u_turn.w * u_eye.w);
  vec2 clip = clipped(middle + (corner - 0.5) * (v_pixels + 1.0)) * u_viewport / (u_viewport + 2.0 * u_margin);
  // What is lit lies over what is dimmed, then what is nearer to the eye over what is far.
  gl_Position = vec4(clip, (0.9 - opacity * 0.8) * (u_eye.z > 0.0 ? 0.4 : 1.0) + 0.5 * stood.w, 1.0);
  v_colour = a_colour.rgb;
  v_mark = a_mark;
  v_fade.x = opacity;
  // Hidden, or wholly outside of the window: nothing to look up. All four corners must decide alike.
  bool outside = any(greaterThan(abs(middle - u_viewport * 0.5), (u_viewport + v_pixels) * 0.5 + 1.0));
  if (opacity < 0.004 || outside || stood.z == 0.0) gl_Position = vec4(2.0, 2.0, 2.0, 1.0);
  else choose();
}
