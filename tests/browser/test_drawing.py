"""How the map is drawn: as points or quads, at which price."""

from __future__ import annotations

from io import BytesIO

import numpy as np
from PIL import Image

from bench.explorer.driving import PROBES

DRAWN = """([largest, zoom]) => {
  const { stage } = volvelle.explorer;
  const { rig, renderer } = stage;
  rig.goHome(true);
  rig.go({ ...rig.camera, scale: rig.camera.scale * zoom }, true);
  renderer.largest = largest;
}"""
"""Zooms, and sets up to which size images are points."""


def _picture(watched, largest: int, zoom: float) -> np.ndarray:
    watched.page.evaluate(DRAWN, [largest, zoom])
    watched.rest()
    watched.page.evaluate("volvelle.explorer.stage.draw(performance.now())")
    shot = watched.page.screenshot(animations="disabled")
    return np.asarray(Image.open(BytesIO(shot)).convert("RGB")).astype(int)


def test_points_and_quads_show_the_same(sub_path: str, opened) -> None:
    """An image looks the same whichever way it is drawn, also where the window cuts it."""
    watched = opened(sub_path)
    watched.ready()
    for zoom in (1, 2.5):
        points = _picture(watched, 1000, zoom)
        quads = _picture(watched, 0, zoom)

        differs = np.abs(points - quads).max(axis=2) > 24
        assert differs.mean() < 0.002
    assert watched.faults == []


def test_textures_stay_under_the_budget(sub_path: str, opened) -> None:
    """A usual window and a phone are given at most 64 MB of textures, however one zooms."""
    phone = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
    for options in ({"screen": {"width": 1280, "height": 800}}, phone):
        watched = opened(sub_path, PROBES, **options)
        watched.ready()
        for zoom in (3, 9):
            watched.page.evaluate(DRAWN, [1000, zoom])
            watched.rest()

        assert 0 < watched.page.evaluate("probe.textures") <= 64e6
        assert watched.faults == []


def test_a_slow_device_moves_plainly_and_rests_in_full(sub_path: str, opened) -> None:
    """While frames come late pictures are coarser; the last frame of a movement never is."""
    watched = opened(sub_path)
    watched.ready()
    drawn = """async () => {
      const { stage } = volvelle.explorer;
      const plain = [];
      const draw = stage.renderer.draw;
      stage.renderer.draw = function (frame) {
        plain.push(frame.plain);
        return draw.call(this, frame);
      };
      stage.pace.beat = () => { stage.pace.slow = true; };
      stage.rig.zoomBy(600, 400, 2);
      await new Promise((done) => {
        const listener = (kind) => kind === 'rest' && (stage.listeners.delete(listener), done());
        stage.listeners.add(listener);
      });
      return plain;
    }"""
    plain = watched.page.evaluate(drawn)

    assert plain[0] is True
    assert plain[-1] is False
