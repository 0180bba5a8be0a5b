#version 300 es
precision highp float;

in float v_height;
in vec3 v_place;
in float v_far;

uniform vec4 u_ink;     // of the lines
uniform vec4 u_paper;   // of the ground, opaque
uniform float u_step;   // height between two lines
uniform float u_rise;

out vec4 colour;

void main() {
  float lines = v_height / u_step;
  float broad = max(fwidth(lines), 1e-5);
  // A contour at every whole step; broader ones at each fifth. Where they would run together they fade.
  float near = abs(fract(lines + 0.5) - 0.5) / broad;
  float fifth = abs(fract(lines / 5.0 + 0.5) - 0.5) * 5.0 / broad;
  float crowded = 1.0 - smoothstep(0.1, 0.35, broad);
  float line = max((1.0 - smoothstep(0.4, 1.3, near)) * 0.55 * crowded, (1.0 - smoothstep(0.7, 1.7, fifth)) * mix(0.4, 0.85, crowded));
  // The plain outside of all hills has none.
  line *= smoothstep(0.3, 0.8, lines);
  // Light comes from above on the left of the window.
  vec3 normal = normalize(cross(dFdx(v_place), dFdy(v_place)));
  float tone = clamp(0.16 * dot(normal.xy, vec2(0.7, 0.7)) * sign(normal.z), 0.0, 0.12);
  vec3 shown = mix(u_paper.rgb, u_ink.rgb, clamp(tone + line * u_ink.a * (1.0 - 0.6 * v_far), 0.0, 1.0));
  colour = vec4(shown, u_rise);
}
