"""Names of clusters: the words of the metadata that tell them from the others.

Source: class-based tf-idf, as in topic models: a word counts by the share of the cluster's images
that have it, against how rare it is among all images.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from builder.clusters.stop_words import STOP_WORDS
from builder.clusters.types import Facts

WORDS = 3
"""Words of a name, at most."""

# What touches a digit is a number, a shelf mark or a checksum, not a word.
_WORD = re.compile(r"(?<![\w#])[^\W\d_]+(?:[’'-][^\W\d_]+)*(?!\w)")
_SHORTEST = 3
_SHARE = 0.15  # of the cluster's images that must have a word
_LIFT = 1.5  # a word must be so many times as common in the cluster as in the collection
_PHRASE = 1.5  # a subject that somebody wrote down says more than a word of a title
_LONGEST = 5  # words of a phrase
_SAME = 5  # letters by which two words are forms of one


class Namer:
    """Proposes names for clusters.

    Args:
        labels: (n,) cluster of each image, -1 for none.
        facts: titles, subjects and sources of the images.
    """

    def __init__(self, labels: NDArray[np.int32], facts: Facts) -> None:
        self._written: dict[str, Counter[str]] = {}
        n = len(labels)
        self._terms = [self._terms_of(row, facts) for row in range(n)]
        self._total = max(n, 1)
        self._everywhere = Counter(term for terms in self._terms for term in terms)
        self._members: dict[int, list[int]] = {}
        for row, label in enumerate(labels.tolist()):
            self._members.setdefault(label, []).append(row)

    def name(self, label: int) -> str:
        """Up to three words or phrases, the most distinctive first; "" if none stands out."""
        members = self._members.get(label, [])
        counts = Counter(term for row in members for term in self._terms[row])
        least = min(2, len(members))
        scored = []
        for term, count in counts.items():
            share, common = count / len(members), self._everywhere[term] / self._total
            if count >= least and share >= _SHARE and share >= _LIFT * common:
                weight = _PHRASE if " " in term else 1.0
                scored.append((-weight * share * float(np.log(1 / common)), term))
        chosen: list[str] = []
        for _, term in sorted(scored):
            if len(chosen) < WORDS and not any(_alike(term, other) for other in chosen):
                chosen.append(term)
        return ", ".join(self._as_written(term) for term in chosen)

    def _terms_of(self, row: int, facts: Facts) -> frozenset[str]:
        text = facts.texts[row] if facts.texts else ""
        phrases = facts.phrases[row] if facts.phrases else ()
        found = set(self._words([text, *phrases]))
        for phrase in phrases:
            plain = " ".join(phrase.split())
            if 1 < len(plain.split(" ")) <= _LONGEST:
                found.add(self._note(plain))
        return frozenset(found)

    def _words(self, texts: Iterable[str]) -> Iterable[str]:
        for text in texts:
            for word in _WORD.findall(unicodedata.normalize("NFC", text)):
                plain = word.casefold()
                if len(plain) >= _SHORTEST and plain not in STOP_WORDS:
                    yield self._note(word)

    def _note(self, written: str) -> str:
        """The term for a word or phrase, and how it was written."""
        term = written.casefold()
        self._written.setdefault(term, Counter())[written] += 1
        return term

    def _as_written(self, term: str) -> str:
        """In the commonest spelling; of equals the one with fewest capitals."""
        ways = self._written[term]
        return min(ways, key=lambda way: (-ways[way], sum(map(str.isupper, way)), way))


def _alike(one: str, other: str) -> bool:
    """Whether two terms share a word, or forms of one word."""
    return any(_form(a) == _form(b) for a in one.split() for b in other.split() if len(a) > 2)


def _form(word: str) -> str:
    return re.split("[’']", word)[0][:_SAME].removesuffix("s")
