"""How large the unpacked program may be, and what makes it so large."""

from __future__ import annotations

import sys
from collections import Counter

from installer.freezing import Frozen

LIMIT_MB = {"linux": 220, "win32": 240, "darwin": 260}
"""By system; Windows and macOS bring libraries along that Linux has. [MB, as ``du -m`` counts]"""
MB = 1024 * 1024


def size_mb(made: Frozen) -> float:
    """Of all files. [MB]"""
    return sum(path.stat().st_size for path in made.files()) / MB


def largest(made: Frozen, rows: int = 25) -> list[tuple[str, float]]:
    """The parts that weigh most: folders, and files that lie beside them. [MB]"""
    found: Counter[str] = Counter()
    for path in made.files():
        parts = path.relative_to(made.folder).parts
        found["/".join(parts[:3] if len(parts) > 3 else parts[-3:])] += path.stat().st_size
    return [(name, size / MB) for name, size in found.most_common(rows)]


def complaint(made: Frozen, limit: float = LIMIT_MB.get(sys.platform, LIMIT_MB["linux"])) -> str:
    """Empty, or that the program is too large, with what to look at in ``installer/left_out.py``."""
    size = size_mb(made)
    if size <= limit:
        return ""
    rows = "\n".join(f"{weight:8.1f} MB  {name}" for name, weight in largest(made))
    return f"The program has {size:.1f} MB and may have {limit:.0f}. Its largest parts:\n{rows}"
