"""Certificates that two instruments name, found by sorting: ten thousand take a moment."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from core.instruments.serials import Serials

Ranges = Mapping[str, tuple[Serials, ...]]
"""Certificates by the id of the record that names them."""


@dataclass(frozen=True, slots=True)
class Clash:
    """Certificates that another record names too."""

    other: str
    """Id of that record; where there are several, of one of them."""
    serials: Serials
    """What both name."""


def clashes(ranges: Ranges, schemes: Mapping[str, str]) -> dict[str, Clash]:
    """For every record of which another one names certificates too, one such record.

    Parameters
    ----------
    ranges
        certificates of each record.
    schemes
        their scheme. Registries number independently, so the same number in two schemes is no clash; a record without
        scheme is held against all.
    """
    found: dict[str, Clash] = {}
    for scheme in sorted(set(schemes.values()) - {""}) or [""]:
        rows = sorted(
            (one.prefix, one.first, one.last, key, one)
            for key, named in ranges.items()
            if schemes.get(key, "") in ("", scheme)
            for one in named
        )
        _sweep(rows, found)
    return found


def _sweep(rows: Iterable[tuple[str, int, int, str, Serials]], found: dict[str, Clash]) -> None:
    """Whatever overlaps an earlier range also overlaps, or is, the one that reaches furthest so far."""
    far: tuple[str, Serials] | None = None
    for _, _, _, key, one in rows:
        if far is None or far[1].prefix != one.prefix or far[1].last < one.first:
            far = (key, one)
            continue
        if far[0] != key:
            found.setdefault(key, Clash(far[0], _common(far[1], one)))
            found.setdefault(far[0], Clash(key, _common(far[1], one)))
        if one.last > far[1].last:
            far = (key, one)


class Elsewhere:
    """Certificates that others use, arranged for being asked."""

    def __init__(self, ranges: Ranges) -> None:
        by_prefix: dict[str, list[tuple[str, Serials]]] = {}
        for key in sorted(ranges):
            for one in ranges[key]:
                by_prefix.setdefault(one.prefix, []).append((key, one))
        self._rows: dict[str, tuple[list[int], list[tuple[str, Serials]]]] = {}
        for prefix, rows in by_prefix.items():
            rows.sort(key=lambda row: row[1].first)
            far, reaching = rows[0], []
            for row in rows:
                far = row if row[1].last > far[1].last else far
                reaching.append(far)
            self._rows[prefix] = ([one.first for _, one in rows], reaching)

    def asked(self, named: Iterable[Serials]) -> Clash | None:
        """A record that names some of these certificates too."""
        for one in named:
            firsts, reaching = self._rows.get(one.prefix, ((), ()))
            at = bisect_right(firsts, one.last)
            if at and reaching[at - 1][1].last >= one.first:
                other, theirs = reaching[at - 1]
                return Clash(other, _common(theirs, one))
        return None


def _common(one: Serials, other: Serials) -> Serials:
    return Serials(one.prefix, max(one.first, other.first), min(one.last, other.last), max(one.width, other.width))
