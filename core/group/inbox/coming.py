"""What comes in before anybody judges it: which files were handed in, and which need no second look."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from core.ledger import Decision
from core.store import ACCEPTED, SUPERSEDED, GroupFile


def reports_in(paths: Iterable[Path]) -> tuple[Path, ...]:
    """The files handed in, each once; of folders every PDF inside, sorted by name."""
    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            found += sorted(p for p in path.rglob("*") if p.suffix.lower() == ".pdf" and p.is_file())
        else:
            found.append(path)
    return tuple(dict.fromkeys(found))


def settled(group: GroupFile) -> frozenset[str]:
    """Hashes of the files that need not be looked at again: those that count or counted, or that a person judged."""
    decided = {one.id for one in group.register.held(Decision)}
    return frozenset(f.sha256 for f in group.all() if f.state in (ACCEPTED, SUPERSEDED) or f.sha256 in decided)
