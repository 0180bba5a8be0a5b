// How the flat map stands under a tilted eye; scene/relief.js does the same arithmetic.
uniform vec2 u_viewport;  // device pixels
uniform vec3 u_camera;    // device pixels a unit; position of the unit's origin in device pixels
uniform vec4 u_turn;      // cosine and sine of the turn, cosine and sine of the tilt
uniform vec4 u_eye;       // middle of the free rectangle, distance of the eye (0: flat), rise
uniform float u_level;    // height of the ground under the camera

const float NEAREST = 0.3;

// A point of the layout on screen in device pixels; how much larger things are there (0: not
// before the eye); depth from 0 to 1.
vec4 stand(vec2 place, float height) {
  vec2 lying = place * u_camera.x + u_camera.yz;
  if (u_eye.z == 0.0) return vec4(lying, 1.0, 0.0);
  vec2 from = lying - u_eye.xy;
  vec2 turned = vec2(from.x * u_turn.x - from.y * u_turn.y, from.x * u_turn.y + from.y * u_turn.x);
  float up = (height - u_level) * u_camera.x * u_eye.w;
  float far = u_eye.z - turned.y * u_turn.w - up * u_turn.z;
  if (far < NEAREST * u_eye.z) return vec4(0.0);
  float scale = u_eye.z / far;
  vec2 at = vec2(turned.x, turned.y * u_turn.z - up * u_turn.w) * scale;
  return vec4(u_eye.xy + at, scale, far / (far + 4.0 * u_eye.z));
}

vec2 clipped(vec2 pixels) {
  vec2 clip = pixels / u_viewport * 2.0 - 1.0;
  return vec2(clip.x, -clip.y);
}
