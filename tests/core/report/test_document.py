from __future__ import annotations

import subprocess
import sys
import threading
from pathlib import Path

import pytest

from core.errors import UserError
from core.report import RENDERER, Cancelled, render
from core.report.fonts import MissingGlyph
from tests.core.report import poppler
from tests.core.report.sample import activities, package, renamed


def test_the_package_is_imported_without_reportlab() -> None:
    code = "import sys, core.report; print([m for m in sys.modules if m.startswith('reportlab')])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout.strip() == "[]"


def test_progress_rises_to_one() -> None:
    told: list[float] = []
    render(package("en", records=activities(400)), progress=told.append)
    assert told == sorted(told)
    assert told[-1] == 1.0
    assert len(set(told)) > 10


@pytest.mark.parametrize("after", [0, 3, 12])
def test_cancelling_stops_between_sections_and_between_pages(after: int) -> None:
    asked = iter(range(10_000))

    def cancelled() -> bool:
        return next(asked) >= after

    with pytest.raises(Cancelled):
        render(package("en", records=activities(400)), cancelled=cancelled)
    assert render(package("en"))


def test_a_package_for_another_renderer_is_refused() -> None:
    with pytest.raises(UserError, match="version 7"):
        render(package("en", renderer="7"))
    assert RENDERER == "5"


def test_an_unknown_language_is_refused() -> None:
    with pytest.raises(UserError, match="“fr”"):
        render(package("fr"))


def test_a_missing_glyph_stops_the_report_and_names_the_text() -> None:
    with pytest.raises(MissingGlyph) as caught:
        render(package("en", plant=renamed("Plant 🏭 north")))
    assert "Plant 🏭 north" in caught.value.text("en")


def test_a_plain_package_gives_the_same_as_a_read_one() -> None:
    held = package("zh")
    assert render(held.plain) == render(held)


def test_two_threads_do_not_disturb_each_other() -> None:
    expected = {lang: render(package(lang)) for lang in ("en", "zh")}
    found: dict[str, bytes] = {}

    def make(lang: str) -> None:
        found[lang] = render(package(lang))

    threads = [threading.Thread(target=make, args=(lang,)) for lang in expected]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == expected


@poppler.needs_poppler
@pytest.mark.parametrize("language", ["en", "zh", "both"])
def test_what_must_be_said_is_said(language: str, tmp_path: Path) -> None:
    held = package(language)
    shown = " ".join(poppler.text(render(held), tmp_path).split())
    totals = held.inventory().totals
    said = [
        f"{totals.location:,.3f}", f"{totals.market:,.3f}", f"{totals.avoided:,.3f}", held.sha256,
        str(held.plain["ledger_sha256"]), held.issue.journal_head, "HFCs", "NF₃", "GHG Protocol", "Li Wei", "IPCC",
        "47号", "0.6516", "invented",
    ]  # fmt: skip
    if language != "zh":
        said += ["never subtracted and never change a total", "Matching year".lower(), "Operational control"]
    for one in said:
        assert one in shown, one
    for line in held.inventory().lines:
        assert f"{line.tco2e:,.3f}" in shown, line.id


@poppler.needs_poppler
def test_the_contents_name_the_right_pages(tmp_path: Path) -> None:
    data = render(package("en", records=activities(100)))
    _, words = poppler.pages(data, tmp_path)
    listed = [w for w in words if w.page == 2 and w.right > 520 and w.text.isdigit() and w.top < 780 and w.bottom > 60]
    starts = {}
    for word in words:
        if word.page > 2 and word.left < 60 and word.top - word.bottom > 20 and word.text.isdigit():
            starts[word.text] = word.page
    assert [int(w.text) for w in sorted(listed, key=lambda w: -w.top)] == list(starts.values())
    assert len(starts) >= 6
    last = max(w.page for w in words)
    assert f"/ {last}" in poppler.text(data, tmp_path)
