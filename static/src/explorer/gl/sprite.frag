#version 300 es
precision highp float;
precision highp sampler2DArray;

#ifdef POINTS
flat in float v_side;
#else
in vec2 v_corner;
#endif
in vec2 v_fade;
flat in vec2 v_pixels;
flat in vec3 v_colour;
flat in vec4 v_mark;
flat in vec3 v_sharp;
flat in vec3 v_blunt;
flat in vec4 v_extent;

uniform sampler2DArray u_pages;
uniform bool u_plain; // one tap for all: on slow devices, while things move
uniform vec4 u_edge; // hairline inside the picture, so that pale ones do not melt into the ground

out vec4 colour;

// Four bilinear taps a pixel: together a box of up to four texels, enough between two levels.
vec3 picture(vec3 at, vec2 extent, vec2 corner) {
  vec2 texel = vec2(0.5 / 1024.0);
  vec2 low = at.xy + min(texel, extent * 0.5);
  vec2 high = at.xy + max(extent - texel, extent * 0.5);
  vec2 uv = at.xy + corner * extent;
  // A picture that is not made smaller needs one tap only.
  if (u_plain || extent.x * 1024.0 <= v_pixels.x * 1.1) return texture(u_pages, vec3(clamp(uv, low, high), at.z)).rgb;
  vec2 step = 0.25 * extent / v_pixels;
  vec3 sum = texture(u_pages, vec3(clamp(uv + step, low, high), at.z)).rgb;
  sum += texture(u_pages, vec3(clamp(uv - step, low, high), at.z)).rgb;
  sum += texture(u_pages, vec3(clamp(uv + vec2(step.x, -step.y), low, high), at.z)).rgb;
  sum += texture(u_pages, vec3(clamp(uv + vec2(-step.x, step.y), low, high), at.z)).rgb;
  return sum * 0.25;
}

void main() {
#ifdef POINTS
  vec2 corner = (gl_PointCoord - 0.5) * v_side / v_pixels + 0.5;
  // A point is square, most pictures are not.
  if (any(greaterThan(abs(corner - 0.5) * v_pixels, v_pixels * 0.5 + 0.5))) discard;
#else
  vec2 corner = v_corner;
#endif
  vec3 shown = v_colour;
  if (v_sharp.z >= 0.0) {
    shown = picture(v_sharp, v_extent.xy, corner);
    if (v_fade.y < 1.0) {
      vec3 before = v_blunt.z >= 0.0 ? picture(v_blunt, v_extent.zw, corner) : v_colour;
      shown = mix(before, shown, v_fade.y);
    }
  }
  vec2 inside = (0.5 - abs(corner - 0.5)) * v_pixels + 0.5;
  float distance = min(inside.x, inside.y);
  // The hairline comes in with size: on tiny pictures it would be all there is.
  float line = u_edge.a * clamp(2.0 - distance, 0.0, 1.0) * smoothstep(14.0, 40.0, min(v_pixels.x, v_pixels.y));
  shown = mix(shown, u_edge.rgb, line);
  // The frame lies inside of the picture, so that it covers no other one; a selected one is broader.
  float least = min(v_pixels.x, v_pixels.y);
  float broad = v_mark.a > 0.75 ? clamp(least * 0.09, 1.5, 6.0) : clamp(least * 0.06, 1.0, 4.0);
  float framed = v_mark.a > 0.25 ? clamp(broad + 1.0 - distance, 0.0, 1.0) : 0.0;
  shown = mix(shown, v_mark.rgb, framed);
  colour = vec4(shown, v_fade.x * clamp(distance, 0.0, 1.0));
}
