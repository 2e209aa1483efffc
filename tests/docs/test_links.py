"""No link of the documents leads nowhere."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/*.md"), *ROOT.glob("benchmarks/*.md")])
KEPT = ("L", "M", "Nd", "Pc")
"""Categories of characters that an anchor keeps beside hyphens."""


def anchor(heading: str) -> str:
    """As the hosts of repositories make it: lower case, no punctuation, hyphens for spaces."""
    text = heading.strip().lower().replace(" ", "-")
    return "".join(sign for sign in text if sign == "-" or unicodedata.category(sign).startswith(KEPT))


@cache
def anchors(page: Path) -> frozenset[str]:
    text = re.sub(r"^```.*?^```$", "", page.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)
    return frozenset(map(anchor, re.findall(r"^#+ (.+)$", text, flags=re.MULTILINE)))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_somewhere(page: Path) -> None:
    lost = []
    for link in re.findall(r"\]\(([^)\s]+)\)", page.read_text(encoding="utf-8")):
        if "://" in link:
            continue
        file, _, place = link.partition("#")
        target = (page.parent / file).resolve() if file else page
        if not target.exists() or (place and place not in anchors(target)):
            lost.append(link)
    assert lost == []
