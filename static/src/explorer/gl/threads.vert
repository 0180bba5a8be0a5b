layout(location = 0) in vec3 a_place; // x, y in the unit of the layout; height
layout(location = 1) in float a_near; // 0-1: of all lines that are drawn, the weakest is 0

out float v_near;

void main() {
  vec4 at = stand(a_place.xy, a_place.z);
  v_near = a_near;
  gl_Position = at.z > 0.0 ? vec4(clipped(at.xy), 0.99, 1.0) : vec4(2.0, 2.0, 2.0, 1.0);
}
