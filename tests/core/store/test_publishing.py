"""A signed file and the plant that knows of it: both or neither, whatever happens in between."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from core.errors import UserError
from core.i18n import T
from core.ledger import Activity, Change, Entry, Plant, Step
from core.store import PlantFile
from core.store.publishing import finish, publish
from core.store.trouble import UncertainError, UnsettledError

WHEN = datetime(2025, 2, 1, 9, tzinfo=UTC)
BILL = Activity("a1", "Boiler", "combustion", "diesel", date(2024, 1, 1), date(2024, 1, 31), Decimal(1), "t")
CHANGE = Change("Li Na", WHEN, T("Signed"), (Step("activity", "a1", None, BILL),))
PDF = b"%PDF-1.7 signed %%EOF"
Confirm = Callable[[Callable[[Entry], None]], object]


@pytest.fixture
def plant(tmp_path: Path) -> Path:
    path = tmp_path / "hillside.plant"
    PlantFile.create(path, Plant("Hillside", "CN"), "Li Na", WHEN)
    return path


def confirming(file: PlantFile, then: BaseException | None = None, before: BaseException | None = None) -> Confirm:
    """Confirms, and something happens behind it, or before it."""

    def confirm(beforehand: Callable[[Entry], None]) -> None:
        def held(entry: Entry) -> None:
            beforehand(entry)
            if before is not None:
                raise before

        file.append(CHANGE, beforehand=held)
        if then is not None:
            raise then

    return confirm


def names(plant: Path) -> set[str]:
    return {path.name for path in plant.parent.iterdir() if path.suffix != ".lock"} - {plant.name}


def known(plant: Path) -> bool:
    with PlantFile.open(plant, read_only=True) as file:
        return bool(file.ledger.activities)


def test_both_are_there_and_nothing_else(plant: Path, tmp_path: Path) -> None:
    out = tmp_path / "stick" / "r1.pdf"
    out.parent.mkdir()
    with PlantFile.open(plant) as file:
        publish(plant, PDF, out, confirming(file))
        assert finish(file) == ()
    assert out.read_bytes() == PDF and known(plant)
    assert names(plant) == {"stick"} and [path.name for path in out.parent.iterdir()] == ["r1.pdf"]


@pytest.mark.parametrize("refusal", [UserError(T("No")), KeyboardInterrupt()])
def test_neither_is_there_where_the_change_was_not_confirmed(plant: Path, refusal: BaseException) -> None:
    with PlantFile.open(plant) as file:
        with pytest.raises(type(refusal)):
            publish(plant, PDF, plant.with_name("r1.pdf"), confirming(file, before=refusal))
        assert finish(file) == ()
    assert not known(plant) and not names(plant)


def test_nothing_is_confirmed_where_the_file_cannot_be_written(plant: Path, tmp_path: Path) -> None:
    with PlantFile.open(plant) as file, pytest.raises(UserError, match="its folder is not there"):
        publish(plant, PDF, tmp_path / "nowhere" / "r1.pdf", confirming(file))
    assert not known(plant) and not names(plant)


def test_what_ended_between_the_two_is_finished_at_the_next_opening(plant: Path) -> None:
    with PlantFile.open(plant) as file, pytest.raises(KeyboardInterrupt):
        publish(plant, PDF, plant.with_name("r1.pdf"), confirming(file, then=KeyboardInterrupt()))
    assert known(plant) and "r1.pdf" not in names(plant)
    with PlantFile.open(plant, read_only=True) as file:
        assert finish(file) == (), "somebody else may be signing"
    with PlantFile.open(plant) as file:
        assert finish(file) == (plant.with_name("r1.pdf"),)
        assert finish(file) == ()
    assert plant.with_name("r1.pdf").read_bytes() == PDF and names(plant) == {"r1.pdf"}


def test_a_disk_that_does_not_say_whether_it_is_kept_is_asked_again(plant: Path) -> None:
    doubt = UncertainError(T("Is it?"), T("Open it again."))
    with PlantFile.open(plant) as file, pytest.raises(UncertainError):
        publish(plant, PDF, plant.with_name("r1.pdf"), confirming(file, then=doubt))
    with PlantFile.open(plant) as file:
        assert finish(file) == (plant.with_name("r1.pdf"),)


def test_a_name_that_is_wanted_is_given_and_no_other_file_is_touched(plant: Path, tmp_path: Path) -> None:
    (tmp_path / "stick").mkdir()
    wanted, taken = tmp_path / "stick" / "r1.pdf", plant.with_name("r1.pdf")
    for aim, there in ((wanted, wanted), (None, plant.with_name("r1-2.pdf")), (None, taken)):
        taken.write_bytes(PDF if there == taken else b"another")
        name = f"{there.stem}.plant"
        other = plant.with_name(name)
        PlantFile.create(other, Plant("Hillside", "CN"), "Li Na", WHEN)
        with PlantFile.open(other) as file:
            with pytest.raises(KeyboardInterrupt):
                publish(other, PDF, taken, confirming(file, then=KeyboardInterrupt()))
            assert finish(file, aim) == (there,)
        assert there.read_bytes() == PDF
        other.unlink()
    assert not [name for name in names(plant) if name.startswith(".")]


def test_what_another_plant_beside_it_holds_stays(plant: Path) -> None:
    other = plant.with_name("valley.plant")
    PlantFile.create(other, Plant("Valley", "CN"), "Li Na", WHEN)
    with PlantFile.open(plant) as file, pytest.raises(KeyboardInterrupt):
        publish(plant, PDF, plant.with_name("r1.pdf"), confirming(file, then=KeyboardInterrupt()))
    with PlantFile.open(other) as file:
        assert finish(file) == ()
    with PlantFile.open(plant) as file:
        assert finish(file) == (plant.with_name("r1.pdf"),)


def test_a_place_that_goes_away_after_all_is_confirmed_leaves_the_file_beside_the_plant(
    plant: Path, tmp_path: Path
) -> None:
    out = tmp_path / "stick" / "r1.pdf"
    out.parent.mkdir()
    with PlantFile.open(plant) as file:

        def pulled_out(beforehand: Callable[[Entry], None]) -> None:
            file.append(CHANGE, beforehand=beforehand)
            (out.parent / ".r1.pdf.part").unlink()
            out.parent.rmdir()

        with pytest.raises(UnsettledError, match="is signed, and the plant knows") as told:
            publish(plant, PDF, out, pulled_out)
        assert f"It stands beside the plant: {plant.with_name('r1.pdf')}." in told.value.text("en")
        assert finish(file) == ()
    assert known(plant) and plant.with_name("r1.pdf").read_bytes() == PDF and names(plant) == {"r1.pdf"}


def test_a_name_as_long_as_names_may_be_can_be_held(plant: Path) -> None:
    out = plant.with_name(f"{'报' * 80}.pdf")
    with PlantFile.open(plant) as file:
        with pytest.raises(KeyboardInterrupt):
            publish(plant, PDF, out, confirming(file, then=KeyboardInterrupt()))
        (there,) = finish(file)
    assert there.read_bytes() == PDF and there.name.endswith("报.pdf")
