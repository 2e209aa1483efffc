"""What earlier versions of the program left, and where today's may say otherwise."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parents[1] / "data" / "versions"
WHEN = datetime(2026, 12, 1, tzinfo=UTC)
"""When everything is judged: certificates last two years."""
YEAR = "2023"


@dataclass(frozen=True)
class Old:
    """The files that one version left."""

    folder: Path

    @property
    def name(self) -> str:
        return self.folder.name

    @property
    def plant(self) -> Path:
        return self.folder / "old.plant"

    @property
    def group(self) -> Path:
        return self.folder / "old.group"

    @property
    def group_report(self) -> Path:
        """Only where the version made reports of groups."""
        return self.folder / "group.pdf"

    @property
    def trust(self) -> Path:
        return self.folder / "trust.pem"

    @cached_property
    def expected(self) -> Mapping[str, Any]:
        """What the version itself said."""
        said: Mapping[str, Any] = json.loads((self.folder / "expected.json").read_text(encoding="utf-8"))
        return said


OLD = tuple(Old(path.parent) for path in sorted(FOLDER.glob("*/expected.json")))
MADE_BY = {
    "1-plants": ("1", "1.0"),
    "2-scopes": ("2", "1.1"),
    "3-energy": ("3", "1.2"),
    "4-audit": ("4", "1.3"),
    "5-office": ("4", "1.3"),
    "6-plans": ("4", "1.3"),
    "7-asked": ("4", "1.3"),
}
"""Renderer and schema of the package in the report of each."""
CORRECTED: Mapping[tuple[str, str], tuple[str, str]] = {}
"""Where today's program says another number on purpose: version and place -> number and reason, with its entry of the
CHANGELOG. Empty: nothing was corrected that these files hold."""
