"""The audits in the files of the demo: through the gate, to the end, and to head office."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from core.cli.demo import CONCLUDED, PASSPHRASE, UNDER_WAY, Demo, build_plants, sign_report
from core.cli.demo_audit import LEAD, MANAGER, Signers, conclude_demo, play, told
from core.errors import RefusedError, UserError
from core.exchange.demo import DemoPlant, demo_plants
from core.exchange.demo_audits import audit_of, name_in
from core.group import import_files
from core.handover import Receipt, receive
from core.handover.signatures import AUDITOR, PLANT_MANAGER
from core.i18n import T
from core.ledger import AuditFinding, Change, Person, Step
from core.library import load_library
from core.signing import load_p12, load_trust
from core.store import GroupFile, PlantFile
from tests.core.cli.built import BUILT, built

SIGNED = datetime(2026, 2, 5, 9, tzinfo=UTC)
PLANTS = {one.file: one for one in demo_plants()}


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Demo:
    return built(tmp_path_factory.mktemp("demo"))


def path_of(demo: Demo, file: str) -> Path:
    return demo.folder / f"{file}.plant"


def signers(demo: Demo) -> Signers:
    lead, manager = (load_p12(key, PASSPHRASE, SIGNED) for key in (demo.key, demo.manager_key))
    return Signers(lead, manager, load_trust(demo.trust))


@pytest.fixture(scope="module")
def report(demo: Demo) -> Path:
    """The second plant's audit, concluded once for all tests of this file."""
    path = path_of(demo, CONCLUDED)
    made = conclude_demo(PLANTS[CONCLUDED], path, demo.report(path, 2025), signers(demo), SIGNED)
    assert made is not None
    return made


@pytest.fixture(scope="module")
def receipt(demo: Demo, report: Path) -> Receipt:
    return receive(report.read_bytes(), load_trust(demo.trust), load_library(), SIGNED)


@pytest.fixture
def plant(demo: Demo, report: Path) -> Iterator[PlantFile]:
    with PlantFile.open(path_of(demo, CONCLUDED)) as opened:
        yield opened


# ---------------------------------------------------------------------- at work


def test_the_first_plant_shows_an_audit_at_work(demo: Demo) -> None:
    with PlantFile.open(path_of(demo, UNDER_WAY), read_only=True) as plant:
        assert plant.health.problems() == ()
        engagement = plant.ledger.engagement(2025)
        assert engagement is not None and engagement.state == "findings"
        assert {one.finding for one in plant.corrections} == {"fi00001"}
        words = told(UNDER_WAY, plant, 2025).in_language("en")
    assert words == "Audit of zhangjiakou 2025: Findings open. Test sheets: 22; findings: 4, open: 3."


def test_the_other_plants_are_audited_by_nobody_until_the_whole_path_is_gone(demo: Demo, tmp_path: Path) -> None:
    fresh = built(tmp_path)
    for file in ("fangshan", CONCLUDED):
        with PlantFile.open(path_of(fresh, file), read_only=True) as plant:
            assert plant.ledger.engagement(2025) is None


def fresh(tmp_path: Path, one: DemoPlant) -> Path:
    path = tmp_path / f"{one.file}.plant"
    PlantFile.create(path, one.plant, one.who, one.created)
    with PlantFile.open(path) as plant:
        for entry in one.entries:
            plant.append(entry.change, entry.blobs)
    return path


def test_the_gate_takes_the_acts_only_as_they_are(tmp_path: Path) -> None:
    """Without its finding the correction is refused, by another person the closing is."""
    one = PLANTS[UNDER_WAY]
    with PlantFile.open(fresh(tmp_path, one)) as plant:
        for entry in audit_of(one, plant.ledger, load_library()):
            change = entry.change
            if change.because:
                with pytest.raises(RefusedError, match="only because of an open finding"):
                    plant.append(replace(change, because=""), entry.blobs)
            if any(isinstance(s.after, AuditFinding) and s.after.status == "closed" for s in change.steps):
                with pytest.raises(RefusedError):
                    plant.append(replace(change, who=name_in(UNDER_WAY, "li")), entry.blobs)
            plant.append(change, entry.blobs)


# ---------------------------------------------------------------------- concluded


def test_the_report_carries_both_signatures_and_what_was_tested(receipt: Receipt) -> None:
    assert receipt.valid and receipt.rebuilt == "equal"
    assert [one.field for one in receipt.signatures] == [AUDITOR, PLANT_MANAGER]
    assert all(one.trusted and one.intact for one in receipt.signatures)
    assert receipt.package is not None
    engagement = receipt.package.ledger.engagement(2025)
    assert engagement is not None and (engagement.state, engagement.concluded) == ("concluded", "2026-02-05")
    assert receipt.proofs, "the files of what was sampled travel inside"


def test_head_office_accepts_it(demo: Demo, report: Path, tmp_path: Path) -> None:
    with GroupFile.open(tmp_path / "office.group") as group:
        (arrival,) = import_files(group, [report], load_trust(demo.trust), SIGNED)
        assert arrival.filed.state == "accepted"
        assert len(group.accepted(2025)) == 1


def test_the_people_are_bound_to_their_certificates(plant: PlantFile) -> None:
    bound = {one.name for one in plant.ledger.held(Person) if one.certificate}
    assert bound == {name_in(CONCLUDED, LEAD), name_in(CONCLUDED, MANAGER)}
    assert plant.health.problems() == ()


def test_the_year_is_locked_and_said_to_be_concluded(plant: PlantFile) -> None:
    bill = next(one for one in plant.ledger.activities if one.evidence == "DEMO-KRO-EE-202501")
    step = Step("activity", bill.id, bill, replace(bill, note="changed"))
    with pytest.raises(RefusedError):
        plant.append(Change(name_in(CONCLUDED, "anna"), SIGNED, T("x"), (step,)))
    words = told(CONCLUDED, plant, 2025).in_language("en")
    assert words == "Audit of krosno 2025: Concluded. Test sheets: 24; findings: 3, open: 0. Unmodified opinion."
    closing = plant.ledger.closing(2025)
    assert closing is not None and closing.closed == SIGNED.date()


def test_it_is_not_concluded_twice(demo: Demo, report: Path, tmp_path: Path) -> None:
    other = tmp_path / "again.pdf"
    assert conclude_demo(PLANTS[CONCLUDED], path_of(demo, CONCLUDED), other, signers(demo), SIGNED) is None
    assert not other.exists()


def test_the_report_of_an_audited_year_is_not_signed_without_its_conclusion(tmp_path: Path, demo: Demo) -> None:
    one = PLANTS[CONCLUDED]
    path = fresh(tmp_path, one)
    with PlantFile.open(path) as plant:
        play(one, plant)
    copy = Demo(tmp_path)
    for name in ("auditor.p12", "head-office.pem"):
        shutil.copy(demo.folder / name, tmp_path / name)
    with pytest.raises(UserError, match="signed once, when the audit is concluded"):
        sign_report(copy, path, 2025, SIGNED)


def test_an_audit_of_a_file_that_somebody_changed_is_left_alone(tmp_path: Path, demo: Demo) -> None:
    one = PLANTS[CONCLUDED]
    path = fresh(tmp_path, one)
    with PlantFile.open(path) as plant:
        gone = next(bill for bill in plant.ledger.activities if bill.evidence == "DEMO-KRO-GZ-202510")
        plant.append(Change("Li Na", BUILT, T("x"), (Step("activity", gone.id, gone, None),)))
        entries = plant.entries
    assert conclude_demo(one, path, tmp_path / "r.pdf", signers(demo), SIGNED) is None
    with PlantFile.open(path, read_only=True) as plant:
        assert plant.entries == entries, "nothing was done by halves"


def test_a_demo_of_before_there_were_audits_gets_the_second_key(tmp_path: Path, demo: Demo) -> None:
    """From the same authority, so that what was signed with the first one is still trusted."""
    shutil.copytree(demo.folder, tmp_path / "old")
    old = Demo(tmp_path / "old")
    old.manager_key.unlink()
    kept = {path.name: path.read_bytes() for path in old.folder.glob("*.p*") if path.suffix in (".p12", ".pem")}
    build_plants(old.folder, BUILT)
    assert {name: (old.folder / name).read_bytes() for name in kept} == kept
    manager, authority = load_p12(old.manager_key, PASSPHRASE), load_p12(old.authority, PASSPHRASE)
    assert manager.role == PLANT_MANAGER
    manager.certificate.verify_directly_issued_by(authority.certificate)
