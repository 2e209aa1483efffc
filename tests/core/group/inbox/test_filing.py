"""Head office files what holds, rejects what does not, and adds up what counts."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from core.group import Arrival, import_files
from core.group.year.plain import plant_to_plain
from core.handover import produce, recorded
from core.ledger import Ledger
from core.signing import Identity, Trust
from core.store import GroupFile
from tests.core.handover.conftest import NOW, auditor, authority, draft_of, ledger, signed, trust

__all__ = ["auditor", "authority", "signed", "trust"]
LATER = NOW + timedelta(days=1)


def put(folder: Path, name: str, data: bytes) -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


def arrive(group: GroupFile, path: Path, trust: Trust) -> Arrival:
    (arrival,) = import_files(group, [path], trust, LATER)
    return arrival


def test_a_good_report_counts_once(tmp_path: Path, signed: bytes, trust: Trust) -> None:
    path = put(tmp_path, "r.pdf", signed)
    with GroupFile.open(tmp_path / "g.group") as group:
        first, again = arrive(group, path, trust), arrive(group, path, trust)
        assert (first.filed.state, first.new) == ("accepted", True)
        assert (again.filed, again.new) == (first.filed, False)
        assert group.accepted(2024) == (first.filed,)
    plain = plant_to_plain(first.filed)
    assert (plain["plant"], plain["recalculated_equal"], plain["signed_by"]) == ("Hillside", True, "Li Na")


def test_a_bad_file_never_stops_the_rest(tmp_path: Path, signed: bytes, trust: Trust) -> None:
    paths = [put(tmp_path, "bad.pdf", signed[:-100]), put(tmp_path, "good.pdf", signed), put(tmp_path, "no.pdf", b"no")]
    with GroupFile.open(tmp_path / "g.group") as group:
        arrivals = tuple(import_files(group, paths, trust, LATER))
        assert [a.filed.state for a in arrivals] == ["rejected", "accepted", "rejected"]
        assert all(a.filed.reasons for a in arrivals if a.filed.state == "rejected")
        assert len(group.accepted(2024)) == 1
        assert group.original(arrivals[0].filed.sha256) == signed[:-100], "the original is kept"


def revisions(auditor: Identity, count: int) -> list[bytes]:
    held: Ledger = ledger()
    files = []
    for _ in range(count):
        draft = draft_of(held)
        files.append(produce(draft, auditor))
        held = held.apply(recorded(held, draft, "Li Na", NOW).steps)
    return files


def test_a_newer_revision_replaces_the_older_and_never_back(tmp_path: Path, auditor: Identity, trust: Trust) -> None:
    first, second = (put(tmp_path, f"{n}.pdf", data) for n, data in enumerate(revisions(auditor, 2), 1))
    with GroupFile.open(tmp_path / "g.group") as group:
        assert arrive(group, first, trust).filed.state == "accepted"
        assert arrive(group, second, trust).filed.state == "accepted"
        assert [f.revision for f in group.accepted(2024)] == [2]
    with GroupFile.open(tmp_path / "other.group") as group:
        assert arrive(group, second, trust).filed.state == "accepted"
        late = arrive(group, first, trust)
        assert late.filed.state == "rejected"
        assert "not newer" in str(late.filed.reasons[0])


def test_a_second_first_revision_is_a_replay(tmp_path: Path, signed: bytes, auditor: Identity, trust: Trust) -> None:
    other = produce(draft_of(ledger(quantity="2")), auditor)
    with GroupFile.open(tmp_path / "g.group") as group:
        arrive(group, put(tmp_path, "one.pdf", signed), trust)
        arrival = arrive(group, put(tmp_path, "two.pdf", other), trust)
        assert arrival.filed.state == "rejected"
        assert len(group.accepted(2024)) == 1


def test_what_cannot_be_read_is_named_and_not_kept(tmp_path: Path, trust: Trust) -> None:
    huge = tmp_path / "huge.pdf"
    with huge.open("wb") as stream:
        stream.truncate(101 * 2**20)
    with GroupFile.open(tmp_path / "g.group") as group:
        for path, why in ((huge, "huge.pdf” is larger"), (tmp_path / "gone.pdf", "gone.pdf” cannot be opened")):
            arrival = arrive(group, path, trust)
            assert (arrival.filed.state, arrival.filed.sha256, arrival.new) == ("rejected", "", False)
            assert why in str(arrival.filed.reasons[0])
        assert group.all() == ()
