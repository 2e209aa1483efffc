"""Head office's file keeps originals and decisions."""

from __future__ import annotations

import hashlib
import shutil
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from functools import partial
from pathlib import Path

import pytest

from core.errors import UserError
from core.i18n import T
from core.ledger import Change, Decision, Register, Site, Step
from core.store import Filed, GroupFile, Marking, group_file
from core.store.database import create
from tests.core.store.conftest import PASSPHRASE

DATA = b"%PDF-1.7 one"


@pytest.fixture(autouse=True, params=["plain", "encrypted"])
def either(request: pytest.FixtureRequest, quick: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """New group files are plain or encrypted: whatever holds of one holds of the other."""
    if request.param == "encrypted":
        monkeypatch.setattr(group_file, "create", partial(create, passphrase=PASSPHRASE))


def filed(data: bytes, revision: int = 1, state: str = "accepted") -> Filed:
    return Filed(
        hashlib.sha256(data).hexdigest(), "r.pdf", "2025-01-15T08:30:00+00:00", state, (T("Noticed"),), "audit",
        revision, "p" * 64, "Hillside", "CN", "CN-HE", 2024,
        {"scope1": Decimal("1.5")}, {"CO2": Decimal("1.5")}, ("Li Na",),
        "2025-01-15T08:30:00+00:00", True, "equal",
    )  # fmt: skip


def test_what_is_filed_comes_back_equal(tmp_path: Path) -> None:
    path = tmp_path / "g.group"
    with GroupFile.open(path) as group:
        group.file(filed(DATA), DATA)
    with GroupFile.open(path) as group:
        assert group.all() == (filed(DATA),)
        assert group.accepted(2024) == (filed(DATA),)
        assert group.years() == (2024,)
        assert group.original(filed(DATA).sha256) == DATA
    assert [p.name for p in tmp_path.iterdir()] == ["g.group"]


def test_a_later_revision_supersedes_the_earlier(tmp_path: Path) -> None:
    with GroupFile.open(tmp_path / "g.group") as group:
        group.file(filed(DATA), DATA)
        group.file(filed(b"two", 2), b"two")
        assert [f.revision for f in group.accepted(2024)] == [2]
        assert [f.state for f in group.all()] == ["accepted", "superseded"]
        latest = group.latest("audit")
        assert latest is not None and latest.revision == 2


def test_a_rejected_file_is_kept_but_does_not_count(tmp_path: Path) -> None:
    with GroupFile.open(tmp_path / "g.group") as group:
        group.file(filed(DATA, state="rejected"), DATA)
        assert group.accepted(2024) == ()
        assert group.original(filed(DATA).sha256) == DATA


def test_a_wrong_hash_is_our_bug(tmp_path: Path) -> None:
    with GroupFile.open(tmp_path / "g.group") as group, pytest.raises(ValueError, match="hash"):
        group.file(filed(DATA), b"other")


def test_a_plant_file_is_no_group(tmp_path: Path) -> None:
    path = tmp_path / "g.group"
    path.write_bytes(b"no database at all")
    with pytest.raises(UserError, match="not a file of this program"):
        GroupFile.open(path)


def test_a_file_of_the_first_version_opens_and_a_copy_stays(tmp_path: Path) -> None:
    path = tmp_path / "head.group"
    shutil.copyfile(Path(__file__).parents[2] / "data" / "versions" / "0-store" / "version1.group", path)
    with GroupFile.open(path) as group:
        assert [f.state for f in group.all()] == ["rejected", "accepted", "superseded"]
        assert group.register == Register()
        assert group.original(group.all()[0].sha256) == b"no report"
        assert group.health.sound
    assert sorted(p.name for p in tmp_path.iterdir()) == ["head.group", "head.version1.group"]


def change(*steps: Step) -> Change:
    return Change("Wang Wei", datetime(2025, 2, 1, tzinfo=UTC), T("Noted"), steps)


def test_what_head_office_says_is_in_a_journal(tmp_path: Path) -> None:
    path = tmp_path / "head.group"
    site = Site("s1", "Hillside", "CN", "Brakes")
    with GroupFile.open(path) as group:
        group.append(change(Step("site", "s1", None, site)))
        group.append(change(Step("site", "s1", site, replace(site, closed="2025-01-31"))))
        assert group.undo("Wang Wei", datetime(2025, 2, 2, tzinfo=UTC)) is not None
        assert group.register.held(Site) == (site,)
    with GroupFile.open(path) as group:
        assert group.register.held(Site) == (site,)
        assert [e.change.undoes for e in group.journal()] == [2, 0, 0]
        assert group.health.sound


def test_a_held_report_is_decided_once(tmp_path: Path) -> None:
    with GroupFile.open(tmp_path / "g.group") as group:
        first, second = filed(DATA), filed(b"two", 2, "held")
        group.file(first, DATA, {"lines": b"abc"}, (Marking("certificate", "GEC-1", "Main meter", "5 kWh"),))
        group.file(second, b"two")
        assert group.accepted(2024) == (first,)
        made = Decision(second.sha256, "accepted", "The plant explained the difference.")
        group.append(change(Step("decision", made.id, None, made)))
        assert [f.state for f in group.all()] == ["accepted", "superseded"]
        assert group.part(first.sha256, "lines") == b"abc"
        assert group.undoable == 0
        again = Decision(first.sha256, "rejected", "No")
        with pytest.raises(UserError, match="held"):
            group.append(change(Step("decision", again.id, None, again)))
        assert group.register.get("decision", again.id) is None
        assert [f.state for f in group.all()] == ["accepted", "superseded"]


def test_what_two_reports_name_is_found(tmp_path: Path) -> None:
    with GroupFile.open(tmp_path / "g.group") as group:
        one, two = filed(DATA), replace(filed(b"two"), audit_id="other", plant="Riverside")
        mark = Marking("certificate", "GEC-1", "Main meter", "5 kWh")
        group.file(one, DATA, {}, (mark, Marking("certificate", "GEC-2")))
        assert group.repeated() == ()
        group.file(two, b"two", {}, (mark,))
        assert {(m.value, f.plant) for m, f in group.repeated()} == {("GEC-1", "Hillside"), ("GEC-1", "Riverside")}
        assert len(group.holders("certificate", "GEC-2")) == 1


def test_what_was_filed_before_is_read_once(tmp_path: Path) -> None:
    with GroupFile.open(tmp_path / "g.group") as group:
        group.file(filed(DATA), DATA)
        (first,) = group.all()
        group.file(filed(b"two", 2), b"two")
        newer, older = group.all()
        assert older.state == "superseded" and older == replace(first, state="superseded")
        assert all(one is other for one, other in zip(group.all(), (newer, older), strict=True))
