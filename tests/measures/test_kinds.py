"""What images are: blanks, blocks of text and blots, against figures of every sort."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from builder.demo.corpus import picture
from builder.demo.plan import plan
from builder.measures.examine import clues, copies, examine
from builder.measures.kinds import PROMPTS, classify, distinctive, included, ramp
from builder.measures.twins import Twin, twins
from builder.measures.types import KINDS, MEANINGS


def judged(*pictures: np.ndarray, **options: object) -> list:
    """Verdicts on pictures."""
    found = [examine(shrunk(one), (one.shape[1], one.shape[0])) for one in pictures]
    numbers = clues(found)
    pairs = twins(copies(found), [str(i) for i in range(len(found))], distinctive(numbers))
    return classify(numbers, pairs, **options)


def shrunk(pixels: np.ndarray) -> np.ndarray:
    scale = min(1, 512 / max(pixels.shape[:2]))
    size = [max(1, round(side * scale)) for side in (pixels.shape[1], pixels.shape[0])]
    return cv2.resize(pixels, size, interpolation=cv2.INTER_AREA)


def kinds(*pictures: np.ndarray) -> list[str]:
    return [verdict.kind for verdict in judged(*pictures)]


def paper(height: int = 300, width: int = 400) -> np.ndarray:
    return np.full((height, width, 3), 240, np.uint8)


def rows_of_letters(height: int = 400, width: int = 400) -> np.ndarray:
    """A block of text: words of hooks and strokes in even rows."""
    rng = np.random.default_rng(2)
    pixels = paper(height, width)
    for y in range(12, height, 26):
        for x in range(8, width, 14):
            if rng.random() < 0.85:
                turn = int(rng.integers(360))
                cv2.ellipse(pixels, (x, y), (5, 6), turn, 0, 250, (20, 20, 20), 2)
    return pixels


@pytest.fixture(scope="module")
def strays() -> tuple[list[str], list]:
    """False detections of another seed than the demonstration's, and diagrams; their verdicts."""
    seed = 77
    pieces = plan(seed, 12)
    chosen = [piece for piece in pieces if piece.kind in ("blank", "text", "smudge")]
    chosen += [piece for piece in pieces if piece.diagram][::45]
    truth = ["ok" if piece.diagram else piece.kind for piece in chosen]
    return truth, judged(*(picture(piece, seed)[0] for piece in chosen))


@pytest.mark.parametrize(("kind", "least"), [("blank", 0.95), ("text", 0.85)])
def test_false_detections_are_found(
    strays: tuple[list[str], list], kind: str, least: float
) -> None:
    """Precision and recall on drawn manuscripts, of a seed that no limit was set by."""
    truth, verdicts = strays
    true = np.array([one == kind for one in truth])
    said = np.array([verdict.kind == kind for verdict in verdicts])

    assert (true & said).sum() / said.sum() >= least
    assert (true & said).sum() / true.sum() >= least


def test_smudges_are_suspect_and_diagrams_are_not(strays: tuple[list[str], list]) -> None:
    """Most smudges are suspect; no more than one diagram in twenty is anything but ok."""
    truth, verdicts = strays
    smudges = [v.kind for t, v in zip(truth, verdicts, strict=True) if t == "smudge"]
    diagrams = [v.kind for t, v in zip(truth, verdicts, strict=True) if t == "ok"]

    assert smudges.count("suspect") >= 0.7 * len(smudges)
    assert diagrams.count("ok") >= 0.95 * len(diagrams)


def test_sparse_figures_are_not_blank() -> None:
    """One thin line, an empty frame at the border, one point with a letter, white on black."""
    line, frame, stars = paper(), paper(), np.full((300, 400, 3), 8, np.uint8)
    cv2.line(line, (30, 250), (370, 40), (60, 60, 60), 2)
    cv2.rectangle(frame, (4, 4), (395, 295), (20, 20, 20), 2)
    for x, y in np.random.default_rng(0).integers(20, 280, (40, 2)).tolist():
        cv2.circle(stars, (x, y), 2, (250, 250, 250), -1)

    assert "blank" not in kinds(line, frame, stars)


def test_blanks_of_every_colour() -> None:
    """White, black, one pixel, parchment with grain, and a line of text at the lower edge."""
    rng = np.random.default_rng(0)
    grain = (np.array([210, 190, 150]) + rng.normal(0, 4, (300, 400, 1))).astype(np.uint8)
    edge = grain.copy()
    for x in range(20, 380, 16):
        cv2.ellipse(edge, (x, 292), (5, 7), 0, 0, 270, (40, 20, 10), 2)
    white, black = np.full((9, 9, 3), 255, np.uint8), np.zeros((300, 400, 3), np.uint8)

    assert kinds(white, black, grain, edge) == ["blank"] * 4


def test_text_lies_any_way() -> None:
    """Rows of letters are text upright, turned by a quarter and a little aslant."""
    upright = rows_of_letters()
    turn = cv2.getRotationMatrix2D((200, 200), 2.5, 1)
    aslant = cv2.warpAffine(upright, turn, (400, 400), borderValue=(240, 240, 240))

    found = [kinds(one)[0] for one in (upright, np.rot90(upright).copy(), aslant)]

    assert found == ["text"] * 3


def test_a_figure_amid_text_is_no_text() -> None:
    """A large ring on a page of writing is wanted."""
    pixels = rows_of_letters()
    cv2.circle(pixels, (200, 200), 150, (240, 240, 240), -1)
    cv2.circle(pixels, (200, 200), 140, (0, 0, 0), 5)
    cv2.circle(pixels, (200, 200), 90, (0, 0, 0), 5)

    assert kinds(pixels) == ["ok"]


def test_smooth_tones_are_a_photograph_and_flat_colours_are_not() -> None:
    """A soft landscape is one; triangles filled with flat colours are none."""
    rng = np.random.default_rng(4)
    noise = rng.random((400, 400)).astype(np.float32)
    soft = sum(cv2.GaussianBlur(noise, (0, 0), blur) * blur for blur in (4, 10, 25))
    soft = np.clip(0.5 + 0.3 * (soft - soft.mean()) / soft.std(), 0, 1)
    photograph = np.repeat((20 + 215 * soft)[..., None], 3, axis=2).astype(np.uint8)
    flat = paper(400, 400)
    cv2.fillPoly(flat, [np.array([[20, 380], [200, 20], [380, 380]])], (30, 90, 160))
    cv2.fillPoly(flat, [np.array([[20, 20], [120, 20], [20, 200]])], (240, 180, 20))

    first, second = kinds(photograph, flat)
    assert first == "photograph"
    assert second != "photograph"


def test_specks_and_strips_are_fragments() -> None:
    """What has hardly any pixels, or is a strip, cannot be judged as a figure."""
    rng = np.random.default_rng(0)
    strip = rng.integers(0, 256, (8, 400, 3)).astype(np.uint8)
    speck = rng.integers(0, 256, (12, 14, 3)).astype(np.uint8)

    assert kinds(strip, speck) == ["fragment", "fragment"]


def test_a_repeated_picture_is_a_duplicate_unless_the_view_disagrees() -> None:
    """The later of two equal figures points at the earlier; `confirm` has the last word."""
    one = paper()
    cv2.circle(one, (150, 140), 80, (0, 0, 0), 3)
    cv2.line(one, (150, 140), (350, 250), (0, 0, 0), 3)

    twice = judged(one, one.copy())
    denied = judged(one, one.copy(), confirm=lambda _: False)

    assert [(verdict.kind, verdict.other) for verdict in twice] == [("ok", -1), ("duplicate", 0)]
    assert [verdict.kind for verdict in denied] == ["ok", "ok"]


def test_prompts_settle_only_doubts() -> None:
    """A network's answer turns a suspect, never a sure verdict."""
    blot = paper()
    cv2.circle(blot, (200, 130), 28, (10, 10, 10), -1)
    cv2.circle(blot, (260, 180), 6, (10, 10, 10), -1)
    blank = paper()
    sure = {"ok": np.array([0.9, 0.9])}

    before, after = judged(blot, blank), judged(blot, blank, prompted=sure)

    assert [verdict.kind for verdict in before] == ["suspect", "blank"]
    assert [(verdict.kind, verdict.by) for verdict in after] == [
        ("ok", "prompts"), ("blank", "measures"),
    ]  # fmt: skip
    assert set(PROMPTS) <= set(KINDS)


def test_verdicts_have_scores_and_reasons() -> None:
    """Scores in 0 to 1, a reason each, and a meaning for every kind."""
    verdicts = judged(paper(), rows_of_letters(), np.zeros((1, 1, 3), np.uint8))

    assert all(0 <= verdict.score <= 1 and verdict.reason for verdict in verdicts)
    assert set(MEANINGS) == set(KINDS)


def test_included_leaves_out_what_is_named() -> None:
    """Only named kinds are left out; nothing named leaves out nothing."""
    found = ["ok", "blank", "text", "blank"]

    assert included(found, ["blank"]).tolist() == [True, False, True, False]
    assert included(found, []).all()


def test_ramps_run_either_way() -> None:
    """0 at the low limit, 1 at the high one, also where low is the greater."""
    values = np.array([0.0, 1.0, 2.0, 3.0])

    assert ramp(values, 1, 3).tolist() == [0, 0, 0.5, 1]
    assert ramp(values, 3, 1).tolist() == [1, 1, 0.5, 0]


def test_a_twin_without_pixels_in_common_keeps_its_reason() -> None:
    """The reason says how near the duplicate is, and that it is turned."""
    one = paper()
    cv2.circle(one, (150, 140), 80, (0, 0, 0), 3)
    numbers = clues([examine(one, (400, 300))] * 2)

    verdict = classify(numbers, [Twin(1, 0, 2, 3, 0.97)])[1]

    assert verdict.kind == "duplicate"
    assert "turned" in verdict.reason
    assert "3 of 64 bits" in verdict.reason
