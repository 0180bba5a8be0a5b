"""Asks other people's servers for files, politely: slowly, with patience, and not for too much."""

from __future__ import annotations

import email.utils
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from builder import __version__
from builder.errors import VolvelleError
from builder.settings import FetchSettings

_FOR_THE_MOMENT = (408, 425, 429, 500, 502, 503, 504)
_REDIRECTS = 6
_CHUNK = 1 << 16
_LONGEST = 3600.0  # seconds for one file: a server that drips is let go
_WORDS = {
    401: "asks for a password",
    403: "refuses it",
    404: "does not have it",
    410: "does not have it any more",
    429: "asks for fewer requests",
}


class VisitError(VolvelleError):
    """A file could not be had; `later` says whether it may be had another time."""

    def __init__(self, what: str, where: str, remedy: str, later: bool = False) -> None:
        super().__init__(what, where, remedy)
        self.later = later


class _AgainError(Exception):
    """A failure for the moment: the request may be made again after so many seconds."""

    def __init__(self, what: str, after: float = 0.0) -> None:
        super().__init__(what)
        self.after = after


@dataclass
class Visitor:
    """Asks for files by http and https alone, one at a time.

    Attributes:
        settings: how politely.
        sleep, clock: seconds; for tests.
    """

    settings: FetchSettings
    sleep: Callable[[float], None] = time.sleep
    clock: Callable[[], float] = time.monotonic
    _last: dict[str, float] = field(default_factory=dict)
    _pool: Any = None

    @property
    def agent(self) -> str:
        """What servers are told of who asks."""
        contact = "".join(c for c in self.settings.contact if c.isascii() and c.isprintable())
        return f"Volvelle/{__version__}" + (f" (+{contact})" if contact else "")

    def get(self, address: str, accept: str = "*/*") -> bytes:
        """The file at an address.

        Raises:
            VisitError: it cannot be had.
        """
        host = _host(address)
        for attempt in range(self.settings.retries + 1):
            self._wait_turn(host)
            try:
                return self._once(address, accept)
            except _AgainError as error:
                said, after = str(error), error.after
            if after > self.settings.patience:
                remedy = "run the same command again later; it goes on where it stopped"
                raise VisitError(f"{said}, and to wait {after:.0f} s", address, remedy, True)
            if attempt < self.settings.retries:
                self.sleep(max(after, 0.5 * 2**attempt))
        remedy = "run the same command again later; it goes on where it stopped"
        raise VisitError(said, address, remedy, later=True)

    def _wait_turn(self, host: str) -> None:
        last = self._last.get(host)
        if last is not None:
            wait = last + 1 / self.settings.rate - self.clock()
            if wait > 0:
                self.sleep(wait)
        self._last[host] = self.clock()

    def _once(self, address: str, accept: str) -> bytes:
        import urllib3
        from urllib3.exceptions import HTTPError, LocationValueError, MaxRetryError

        # Only redirects are left to the library: what is asked for again is counted here.
        limits = urllib3.Retry(
            connect=0,
            read=0,
            status=0,
            other=0,
            redirect=_REDIRECTS,
            respect_retry_after_header=False,
        )
        if self._pool is None:
            self._pool = urllib3.PoolManager(timeout=self.settings.timeout)
        try:
            answer = self._pool.request(
                "GET",
                address,
                headers={"User-Agent": self.agent, "Accept": accept},
                retries=limits,
                preload_content=False,
            )
        except MaxRetryError as error:
            if "redirect" in str(error.reason):
                remedy = "check the address in a browser"
                raise VisitError(
                    "leads from one address to another for ever", address, remedy
                ) from error
            raise _AgainError(f"cannot be reached ({type(error.reason).__name__})") from error
        except (LocationValueError, ValueError) as error:
            remedy = "only addresses with http and https are asked for"
            raise VisitError("is or leads to no address of the web", address, remedy) from error
        except HTTPError as error:
            raise _AgainError(f"cannot be reached ({type(error).__name__})") from error
        try:
            _check(answer.status, answer.headers, address)
            return self._read(answer, address)
        except HTTPError as error:
            raise _AgainError(f"was cut off ({type(error).__name__})") from error
        finally:
            answer.release_conn()
            answer.close()

    def _read(self, answer: Any, address: str) -> bytes:
        most = self.settings.max_megabytes * 1_000_000
        begun = self.clock()
        parts: list[bytes] = []
        told = answer.headers.get("Content-Length", "")
        if told.isdigit() and int(told) > most:
            raise self._too_large(address)
        size = 0
        for part in answer.stream(_CHUNK, decode_content=True):
            parts.append(part)
            size += len(part)
            if size > most:
                raise self._too_large(address)
            if self.clock() - begun > _LONGEST:
                raise _AgainError("takes too long")
        return b"".join(parts)

    def _too_large(self, address: str) -> VisitError:
        remedy = "ask for a smaller size, or raise fetch.max_megabytes"
        return VisitError(f"is larger than {self.settings.max_megabytes} MB", address, remedy)


def _host(address: str) -> str:
    """The server of an address.

    Raises:
        VisitError: it is no address of the web.
    """
    try:
        parts = urlsplit(address)
        known = parts.scheme in ("http", "https") and parts.hostname
    except ValueError:
        known = ""
    if not known:
        remedy = "only addresses with http and https are asked for"
        raise VisitError("is no address of the web", address, remedy)
    return str(parts.netloc)


def _check(status: int, headers: Mapping[str, str], address: str) -> None:
    if status == 200:
        return
    said = _WORDS.get(status, f"answers with the code {status}")
    if status in _FOR_THE_MOMENT:
        raise _AgainError(f"the server {said}", _after(headers.get("Retry-After", "")))
    raise VisitError(f"the server {said}", address, "check the address in a browser")


def _after(text: str) -> float:
    """Seconds that a server asks to wait, by a number or a date."""
    if text.strip().isdigit():
        return float(text)
    try:
        then = email.utils.parsedate_to_datetime(text)
        return max(0.0, then.timestamp() - time.time())
    except (ValueError, TypeError):
        return 0.0
