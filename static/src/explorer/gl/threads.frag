#version 300 es
precision highp float;

in float v_near;

uniform vec4 u_ink;
uniform float u_shown;

out vec4 colour;

void main() {
  colour = vec4(u_ink.rgb, u_ink.a * mix(0.35, 1.0, v_near) * u_shown);
}
