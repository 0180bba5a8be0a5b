"""Text for machines and for addresses: JSON, scripts, slugs, numbers and the order of words.

Escaping happens at two places only: Jinja's autoescape for HTML, and `json_in_script` here for
JSON that stands inside a script.
"""

from __future__ import annotations

import hashlib
import json
import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from typing import Any

import numpy as np
from numpy.typing import NDArray

DECIMALS = 4
"""Decimals of every number in the site's JSON."""

# "<" and ">" could close a script or open a comment in it, "&" begins an entity in XML; the two
# separators end a line in old JavaScript. As \uXXXX they are the same JSON string.
_IN_SCRIPT = str.maketrans(
    {
        "<": "\\u003c",
        ">": "\\u003e",
        "&": "\\u0026",
        "\u2028": "\\u2028",
        "\u2029": "\\u2029",
    }
)


def json_text(value: object) -> str:
    """Compact JSON, keys in the order in which they were put; infinities are refused.

    Raises:
        ValueError: a number is not finite (use `number` or `numbers` first).
    """
    return json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))


def json_in_script(value: object) -> str:
    """The same JSON, safe inside any script element and as a JavaScript literal."""
    return json_text(value).translate(_IN_SCRIPT)


def script_text(key: str, value: object) -> str:
    """A classic script that hands `value` to the explorer under `key` (for file://)."""
    return f"volvelle.add({json_in_script(key)}, {json_in_script(value)});\n"


def encoded(text: str) -> bytes:
    """UTF-8; a lone surrogate (from an odd file name) becomes a question mark."""
    return text.encode("utf-8", "replace")


def number(value: float) -> float | None:
    """A number as the site's JSON has it: rounded, and null where it is not finite."""
    return round(float(value), DECIMALS) + 0.0 if math.isfinite(value) else None


def numbers(values: NDArray[Any]) -> list[Any]:
    """An array of any shape as nested lists of rounded numbers (0 where not finite)."""
    clean = np.nan_to_num(np.asarray(values, np.float64), nan=0.0, posinf=0.0, neginf=0.0)
    # Adding 0.0 turns -0.0 into 0.0.
    rounded: list[Any] = (np.round(clean, DECIMALS) + 0.0).tolist()
    return rounded


def plain(value: object) -> object:
    """Numpy scalars, arrays, mappings and sequences as what JSON knows, numbers rounded."""
    if isinstance(value, bool | np.bool_):
        return bool(value)
    if isinstance(value, int | np.integer):
        return int(value)
    if isinstance(value, float | np.floating):
        return number(float(value))
    if isinstance(value, np.ndarray):
        return plain(value.tolist())
    if isinstance(value, dict) or hasattr(value, "items"):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    return value if value is None else str(value)


def words(label: str) -> str:
    """A column's label as a heading: "orig_file" becomes "Orig file"."""
    text = " ".join(label.replace("_", " ").split())
    return text[:1].upper() + text[1:]


def natural_key(text: str) -> tuple[tuple[int, int, str], ...]:
    """Sorts as people do: case folded, numbers by value ("fol. 9" before "fol. 10")."""
    parts = re.findall(r"[0-9]+|[^0-9]+", text.casefold())
    return tuple((0, int(part), "") if part.isdecimal() else (1, 0, part) for part in parts)


def slug(text: str) -> str:
    """Lower-case ASCII letters, digits and hyphens; for other scripts a short hash."""
    folded = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    letters = re.sub(r"[^a-z0-9]+", "-", folded).strip("-")[:60].strip("-")
    return letters or "x-" + _hash(text)


def slugs(texts: Iterable[str], reserved: frozenset[str] = frozenset()) -> list[str]:
    """A slug for each of several distinct texts; those that clash get a hash of their text.

    The suffix depends on the text alone, so that another value never moves an address.
    """
    texts = list(texts)
    plain_slugs = [slug(text) for text in texts]
    counts = Counter(plain_slugs)
    clashes = {name for name in plain_slugs if counts[name] > 1} | reserved
    return [
        f"{name}-{_hash(text)}" if name in clashes else name
        for name, text in zip(plain_slugs, texts, strict=True)
    ]


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:8]
