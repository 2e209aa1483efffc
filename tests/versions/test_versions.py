"""Files of every earlier version open and give the totals that they gave, to the last digit.

What stands in ``tests/data/versions`` was made by the programs of their time, see its README. A difference is either a
fault of ours or a correction that :data:`tests.versions.kept.CORRECTED` names with its reason.
"""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from core.cli import main
from core.errors import UserError
from core.group import import_files
from core.group.out.report import judge_group_report
from core.group.packed import LINES
from core.group.year.consolidating import consolidate, reports_of
from core.group.year.uncertainty import TERMS
from core.handover import receive
from core.handover.receive import UNKNOWN_RENDERER
from core.i18n import T
from core.inventory import choices_of, compile_inventory, read
from core.inventory import differences as differences_of
from core.ledger import canonical
from core.library import load_library
from core.methods import plain
from core.report import RENDERER
from core.report.group import RENDERER as GROUP_RENDERER
from core.signing import load_trust
from core.store import ACCEPTED, HELD, GroupFile, PlantFile
from core.store.group_file import GROUP
from core.store.schema import PLANT
from tests.versions.kept import CORRECTED, FOLDER, MADE_BY, OLD, WHEN, YEAR, Old

EACH = pytest.mark.parametrize("old", OLD, ids=lambda old: old.name)
LIBRARY = load_library()


def version_of(path: Path) -> int:
    return int.from_bytes(path.read_bytes()[60:64], "big")


def told(capsys: pytest.CaptureFixture[str], *command: str) -> Any:
    assert main(["--ui-lang", "en", *command, "--json"]) == 0
    return json.loads(capsys.readouterr().out)


def differences(old: Old, said: Any, now: Any, where: str = "") -> dict[str, tuple[str, str]]:
    """Every value that the version stated and today's program does not; what was added since is no difference."""
    if isinstance(said, dict):
        found: dict[str, tuple[str, str]] = {}
        for key, value in said.items():
            found |= differences(old, value, now.get(key) if isinstance(now, dict) else None, f"{where}/{key}")
        return found
    named = CORRECTED.get((old.name, where))
    return {} if now == (said if named is None else named[0]) else {where: (str(said), str(now))}


def report_of(old: Old, folder: Path) -> Path:
    """The signed report, as head office keeps it."""
    path, out = folder / "read.group", folder / "old.pdf"
    shutil.copyfile(old.group, path)
    with GroupFile.open(path) as group:
        (filed,) = group.all()
        out.write_bytes(group.original(filed.sha256))
    return out


def test_every_version_is_there() -> None:
    assert [old.name for old in OLD] == sorted(MADE_BY)
    assert {version_of(path) for path in FOLDER.rglob("*.plant")} == set(range(1, PLANT.version + 1))
    assert {version_of(path) for path in FOLDER.rglob("*.group")} == set(range(1, GROUP.version + 1))
    assert sum(path.stat().st_size for path in FOLDER.rglob("*")) < 3 * 2**20


@EACH
def test_a_plant_opens_with_its_history_and_a_copy_stays(old: Old, tmp_path: Path) -> None:
    path = tmp_path / "old.plant"
    shutil.copyfile(old.plant, path)
    with PlantFile.open(path) as plant:
        assert plant.health.sound and plant.writable
        entries = plant.journal()
        assert len(entries) == plant.entries > 5 and any(entry.change.undoes for entry in entries)
        for proof in plant.ledger.evidence:
            assert len(plant.blob(proof.sha256)) == proof.size
        backup = plant.backup
        assert (backup is not None) == (version_of(old.plant) < PLANT.version)
    if backup is not None:
        assert backup.read_bytes() == old.plant.read_bytes()
    assert sorted(p.name for p in tmp_path.iterdir()) == sorted({path.name, *([backup.name] if backup else ())})
    with PlantFile.open(path) as again:
        assert again.backup is None and again.health.sound


@EACH
def test_a_plant_gives_the_totals_that_it_gave(old: Old, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "old.plant"
    shutil.copyfile(old.plant, path)
    now = told(capsys, "inventory", str(path), "--year", YEAR)
    assert differences(old, old.expected["inventory"], now) == {}
    lines = {one["id"]: one["tco2e"] for one in now["lines"]}
    assert differences(old, old.expected["lines"], lines, "lines") == {}
    assert lines.keys() == old.expected["lines"].keys()


@EACH
def test_what_was_closed_is_calculated_again_alike(old: Old, tmp_path: Path) -> None:
    """The closing tells what was; this is what the records say today."""
    path = tmp_path / "old.plant"
    shutil.copyfile(old.plant, path)
    with PlantFile.open(path) as plant:
        inventory = compile_inventory(plant.ledger, choices_of(plant.ledger.audit(int(YEAR)), int(YEAR)), LIBRARY)
    now = {scope: plain(value) for scope, value in inventory.totals.scopes.items()}
    assert differences(old, old.expected["inventory"]["totals_tco2e"], now, "again") == {}


@EACH
def test_a_report_verifies_and_is_calculated_again_alike(old: Old, tmp_path: Path) -> None:
    """Amber where the pages are of another renderer, never red; the numbers are those of its time."""
    renderer, schema = MADE_BY[old.name]
    receipt = receive(report_of(old, tmp_path).read_bytes(), load_trust(old.trust), LIBRARY, WHEN)
    assert receipt.verification.valid and receipt.equal and receipt.sound, str(receipt.reason)
    assert receipt.package is not None and receipt.inventory is not None
    assert receipt.package.issue.renderer == renderer
    assert receipt.package.plain["schema"]["version"] == schema  # type: ignore[index]
    assert receipt.rebuilt == ("equal" if renderer == RENDERER else "unknown-renderer")
    assert not receipt.unknown_factors and not receipt.missing
    now = {scope: plain(value) for scope, value in receipt.inventory.totals.scopes.items()}
    assert differences(old, old.expected["inventory"]["totals_tco2e"], now, "report") == {}


def test_a_report_that_claims_to_be_older_than_it_is_gains_nothing(tmp_path: Path) -> None:
    """What was added later is not asked of an old version, and an old version cannot say it."""
    receipt = receive(
        report_of(OLD[-1], tmp_path).read_bytes(), load_trust(OLD[-1].trust), LIBRARY, WHEN, rebuild=False
    )
    assert receipt.package is not None
    plain = json.loads(receipt.package.bytes)
    plain["schema"]["version"] = "1.0"
    claimed = read(canonical(plain))
    found = differences_of(claimed, claimed.inventory(), (), same_program=False)
    assert {one.recalculated for one in found} == {"—"} and "categories_tco2e" in {one.where for one in found}


@EACH
def test_head_office_holds_what_another_version_rendered(old: Old, tmp_path: Path) -> None:
    pdf = report_of(old, tmp_path)
    with GroupFile.open(tmp_path / "new.group") as group:
        (arrival,) = import_files(group, [pdf], load_trust(old.trust), WHEN)
        if MADE_BY[old.name][0] == RENDERER:
            assert arrival.filed.state == ACCEPTED
        else:
            assert (arrival.filed.state, arrival.filed.reasons) == (HELD, (UNKNOWN_RENDERER,))
        assert arrival.filed.recalculated_equal


@EACH
def test_a_group_opens_with_its_totals_and_a_copy_stays(
    old: Old, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "old.group"
    shutil.copyfile(old.group, path)
    with GroupFile.open(path) as group:
        assert group.health.sound
        assert [filed.state for filed in group.all()] == [ACCEPTED]
    version = version_of(old.group)
    copies = [one for one in tmp_path.iterdir() if one != path]
    assert [one.name for one in copies] == ([f"old.version{version}.group"] if version < GROUP.version else [])
    assert all(one.read_bytes() == old.group.read_bytes() for one in copies)
    now = told(capsys, "office", "summary", str(path), "--year", YEAR)
    said = {key: old.expected["group"][key] for key in ("totals_tco2e", "gases_tco2e")}
    assert any(value != "0" for value in said["totals_tco2e"].values())
    assert differences(old, said, now) == {}
    reported = old.expected["group"]["plants"][0]["totals_tco2e"]
    assert differences(old, reported, now["plants"][0]["totals_tco2e"], "plant") == {}


def test_lines_that_an_early_version_did_not_keep_are_taken_out_of_the_report_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "old.group"
    shutil.copyfile(OLD[0].group, path)
    with GroupFile.open(path) as group:
        assert not group.having(LINES)
    with GroupFile.open(path, read_only=True) as group:
        (only,) = reports_of(group, int(YEAR))
        assert only[1] is not None and not group.having(LINES), "who only reads keeps nothing"
    with GroupFile.open(path) as group:
        (first,) = reports_of(group, int(YEAR))
        assert group.having(LINES) == group.having(TERMS) == {first[0].sha256}
        monkeypatch.setattr("core.group.year.consolidating.package_of", lambda *_: pytest.fail("read again"))
        (again,) = reports_of(group, int(YEAR))
    assert first[1] is not None and again[1] is not None
    assert list(first[1].amounts) == list(again[1].amounts) == list(only[1].amounts)


def test_a_report_that_gives_no_lines_any_more_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def lost(*_: object) -> None:
        raise UserError(T("Lost"))

    path = tmp_path / "old.group"
    shutil.copyfile(OLD[0].group, path)
    monkeypatch.setattr("core.group.year.consolidating.package_of", lost)
    with GroupFile.open(path) as group:
        found = consolidate(group.register, reports_of(group, int(YEAR)), int(YEAR))
    assert "filed without its lines" in " ".join(map(str, found.notices))


@pytest.mark.parametrize("old", [old for old in OLD if old.group_report.exists()], ids=lambda old: old.name)
def test_a_report_of_a_group_verifies(old: Old) -> None:
    receipt = judge_group_report(old.group_report.read_bytes(), load_trust(old.trust), WHEN)
    assert receipt.verification.valid and receipt.sound, str(receipt.reason)
    assert receipt.package is not None
    renderer = receipt.package.contents.issue.renderer
    assert receipt.rebuilt == ("equal" if renderer == GROUP_RENDERER else "unknown-renderer")


def test_reports_of_groups_are_among_them() -> None:
    assert sum(old.group_report.exists() for old in OLD) >= 3


@pytest.mark.parametrize("ending", ["plant", "group"])
def test_a_file_of_a_later_version_is_refused_untouched(ending: str, tmp_path: Path) -> None:
    path = tmp_path / f"later.{ending}"
    data = bytearray((OLD[-1].folder / f"old.{ending}").read_bytes())
    data[60:64] = (99).to_bytes(4, "big")
    path.write_bytes(data)
    with pytest.raises(UserError, match="newer version"):
        (PlantFile if ending == "plant" else GroupFile).open(path)
    assert path.read_bytes() == bytes(data)
    assert [one.name for one in tmp_path.iterdir()] == [path.name]


def test_each_correction_names_its_reason() -> None:
    names = {old.name for old in OLD}
    assert all(name in names and "CHANGELOG" in reason for (name, _), (_, reason) in CORRECTED.items())
