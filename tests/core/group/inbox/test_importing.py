"""Many files at once: one bad file never stops the rest, and a broken-off import goes on where it stopped."""

from __future__ import annotations

import os
import sys
import tracemalloc
from dataclasses import replace
from pathlib import Path

import pytest

from core.errors import UserError
from core.group import examine_files, import_files, judge_again, order, reports_in, settled
from core.group.inbox import importing as room
from core.group.inbox.judging import Judged, judge
from core.i18n import T
from core.ledger import Change, Site, Step
from core.signing import Identity, Trust
from core.store import GroupFile
from tests.core.group.inbox.test_filing import LATER, put, revisions
from tests.core.handover.conftest import auditor, authority, signed, trust

__all__ = ["auditor", "authority", "signed", "trust"]
POSIX = pytest.mark.skipif(sys.platform == "win32", reason="pipes and rights of POSIX systems")


def directly(orders: object, *, cancelled: object = None) -> object:
    """An engine without processes, for what does not depend on them."""
    return map(judge, orders)  # type: ignore[call-overload]


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "judge_all", directly)


@POSIX
def test_bad_files_of_every_kind_never_stop_the_rest(tmp_path: Path, signed: bytes, trust: Trust) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    put(folder, "a-empty.pdf", b"")
    with (folder / "b-huge.pdf").open("wb") as stream:
        stream.truncate(101 * 2**20)
    os.mkfifo(folder / "c-pipe.pdf")
    (folder / "d-loop.pdf").symlink_to(folder / "d-loop.pdf")
    (folder / "e-folder.pdf").mkdir()
    put(folder, "f-junk.pdf", b"junk")
    put(folder, "g-good.PDF", signed)
    put(folder, "h-note.txt", b"no report")
    (folder / "i-link.pdf").symlink_to(folder / "g-good.PDF")
    named = [folder, folder / "gone.pdf", folder / "c-pipe.pdf", folder / "d-loop.pdf"]
    with GroupFile.open(tmp_path / "g.group") as group:
        *came, link, gone, pipe, loop = import_files(group, named, trust, LATER)
        found = {a.filed.name: a for a in (*came, gone, pipe, loop)}
        assert {name: a.filed.state for name, a in found.items()} == {
            "a-empty.pdf": "rejected", "b-huge.pdf": "rejected", "f-junk.pdf": "rejected", "g-good.PDF": "accepted",
            "gone.pdf": "rejected", "c-pipe.pdf": "rejected", "d-loop.pdf": "rejected",
        }  # fmt: skip
        assert all(a.filed.reasons for a in found.values() if a.filed.state == "rejected")
        assert (link.filed, link.new) == (found["g-good.PDF"].filed, False), "the same bytes count once"
        assert {f.name for f in group.all()} == {"a-empty.pdf", "f-junk.pdf", "g-good.PDF"}
        assert group.original(found["a-empty.pdf"].filed.sha256) == b"", "the original is kept"


@POSIX
@pytest.mark.skipif(hasattr(os, "geteuid") and os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read(tmp_path: Path, trust: Trust) -> None:
    path = put(tmp_path, "secret.pdf", b"x")
    path.chmod(0)
    with GroupFile.open(tmp_path / "g.group") as group:
        (arrival,) = import_files(group, [path], trust, LATER)
    assert "cannot be opened" in str(arrival.filed.reasons[0])


def test_a_file_that_vanishes_meanwhile(tmp_path: Path, trust: Trust, quick: None) -> None:
    paths = [put(tmp_path, f"{n}.pdf", b"junk %d" % n) for n in range(3)]
    with GroupFile.open(tmp_path / "g.group") as group:
        found = []
        for arrival in import_files(group, paths, trust, LATER):
            found.append(arrival)
            paths[2].unlink(missing_ok=True)
    assert [bool(a.filed.sha256) for a in found] == [True, True, False]


def test_the_order_of_the_files_decides_and_not_who_is_judged_first(
    tmp_path: Path, auditor: Identity, trust: Trust
) -> None:
    first, second = (put(tmp_path, f"{n}.pdf", data) for n, data in enumerate(revisions(auditor, 2), 1))
    with GroupFile.open(tmp_path / "a.group") as group:
        assert [a.filed.state for a in import_files(group, [first, second], trust, LATER)] == ["accepted"] * 2
    with GroupFile.open(tmp_path / "b.group") as group:
        assert [a.filed.state for a in import_files(group, [second, first], trust, LATER)] == ["accepted", "rejected"]


def test_what_is_settled_is_not_judged_again(
    tmp_path: Path, signed: bytes, trust: Trust, monkeypatch: pytest.MonkeyPatch
) -> None:
    judged: list[str] = []

    def counting(orders: object, *, cancelled: object = None) -> object:
        for one in orders:  # type: ignore[attr-defined]
            judged.append(one.name)
            yield judge(one)

    monkeypatch.setattr(room, "judge_all", counting)
    paths = [put(tmp_path, "1.pdf", signed), put(tmp_path, "2.pdf", signed), put(tmp_path, "3.pdf", b"junk")]
    with GroupFile.open(tmp_path / "g.group") as group:
        first = list(import_files(group, paths, trust, LATER))
        again = list(import_files(group, paths, trust, LATER))
    assert judged == ["1.pdf", "3.pdf", "3.pdf"], "rejected files get another chance, for trust may have changed"
    assert [a.new for a in first] == [True, False, True]
    assert [a.new for a in again] == [False, False, False]


def test_progress_and_cancel(tmp_path: Path, trust: Trust, quick: None) -> None:
    paths = [put(tmp_path, f"{n}.pdf", b"junk %d" % n) for n in range(5)]
    told: list[tuple[float, str]] = []
    with GroupFile.open(tmp_path / "g.group") as group:
        found = list(
            import_files(
                group, paths, trust, LATER,
                progress=lambda part, what: told.append((part, str(what))), cancelled=lambda: len(told) >= 2,
            )
        )  # fmt: skip
        assert [a.filed.name for a in found] == [f.name for f in reversed(group.all())] == ["0.pdf", "1.pdf"]
        rest = list(import_files(group, paths, trust, LATER))
        assert len(group.all()) == len(rest) == 5
    assert told == [(0.0, "Verifying 0.pdf"), (0.2, "Verifying 1.pdf")]


def test_without_the_rebuild_a_report_is_at_best_held(tmp_path: Path, signed: bytes, trust: Trust, quick: None) -> None:
    path = put(tmp_path, "r.pdf", signed)
    with GroupFile.open(tmp_path / "g.group") as group:
        (arrival,) = import_files(group, [path], trust, LATER, rebuild=False)
        assert arrival.filed.state == "held"
        assert "not checked" in str(arrival.filed.reasons[0])
        (again,) = import_files(group, [path], trust, LATER)
        assert (again.filed.state, again.new) == ("accepted", True)


def test_held_and_rejected_reports_are_judged_again_when_the_world_has_changed(
    tmp_path: Path, signed: bytes, trust: Trust, quick: None
) -> None:
    path = put(tmp_path, "r.pdf", signed)
    with GroupFile.open(tmp_path / "g.group") as group:
        site = Site("si1", "Elsewhere", "CN")
        group.append(Change("Li Na", LATER, T("Register"), (Step("site", "si1", None, site),)))
        assert [a.filed.state for a in import_files(group, [path], Trust(()), LATER)] == ["rejected"]
        assert [a.filed.state for a in judge_again(group, trust, LATER)] == ["held"]
        known = replace(site, reported_as=("Hillside",))
        group.append(Change("Li Na", LATER, T("Register"), (Step("site", "si1", site, known),)))
        assert [a.filed.state for a in judge_again(group, trust, LATER)] == ["accepted"]
        assert list(judge_again(group, trust, LATER)) == []


def test_memory_does_not_grow_with_the_number_of_files(tmp_path: Path, trust: Trust, quick: None) -> None:
    size = 500_000
    for number in range(24):
        put(tmp_path, f"{number:02}.pdf", b"%04d" % number + bytes(size))
    tracemalloc.start()
    try:
        for count in (4, 20):
            found = reports_in([tmp_path])[:4] if count == 4 else reports_in([tmp_path])[4:]
            with GroupFile.open(tmp_path / f"{count}.group") as group:
                tracemalloc.reset_peak()
                before = tracemalloc.get_traced_memory()[0]
                for _ in import_files(group, found, trust, LATER):
                    pass
                assert tracemalloc.get_traced_memory()[1] - before < 6 * size, count
    finally:
        tracemalloc.stop()


def test_the_slow_half_works_without_the_group_file(tmp_path: Path, signed: bytes, trust: Trust, quick: None) -> None:
    paths = [put(tmp_path, "1.pdf", signed), tmp_path / "gone.pdf", put(tmp_path, "2.pdf", b"junk")]
    known = frozenset({order("", signed, trust, LATER).sha256})
    first, second, third = examine_files(paths, trust, LATER, known)
    assert (first.judged, first.data, first.digest) == (None, b"", *known)
    assert second.problem is not None
    assert isinstance(third.judged, Judged)
    with GroupFile.open(tmp_path / "g.group") as group:
        assert settled(group) == frozenset()


def test_an_engine_that_nobody_knows(tmp_path: Path, trust: Trust) -> None:
    with GroupFile.open(tmp_path / "g.group") as group, pytest.raises(UserError, match="no engine “abacus”"):
        list(import_files(group, [], trust, LATER, engine="abacus"))
