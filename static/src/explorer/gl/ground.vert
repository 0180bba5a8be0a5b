layout(location = 0) in vec3 a_place; // x, y, height in the unit of the layout

out float v_height;
out vec3 v_place; // turned as the window sees it
out float v_far;

void main() {
  vec4 at = stand(a_place.xy, a_place.z);
  v_height = a_place.z;
  v_place = vec3(a_place.x * u_turn.x - a_place.y * u_turn.y, a_place.x * u_turn.y + a_place.y * u_turn.x, a_place.z * u_eye.w);
  v_far = at.w;
  gl_Position = at.z > 0.0 ? vec4(clipped(at.xy), at.w, 1.0) : vec4(2.0, 2.0, 2.0, 1.0);
}
