"""Avoided emissions: every number with its factor, none of them subtracted."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import date
from decimal import Decimal
from types import ModuleType

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import UserError
from core.ledger import OwnFactor
from core.library import Library, load_library, own_rows
from core.series import Series
from core.solar import avoided as module
from core.solar import hourly_factor
from core.solar.avoided import BASES, NOTE, Answer, Named, answers, avoided, balance, modules_factor
from core.solar.hourly_factor import FactorTable, avoided_hourly
from tests.core.solar.days import Sunny
from tests.documented import run_examples

LIBRARY = load_library()
HEBEI = ("CN.north", "CN-HE", "CN", "World")
TABLE = FactorTable("Hours of the grid", "Operator", "2023, v2", 2023)


@pytest.mark.parametrize("one", [module, hourly_factor])
def test_examples_run(one: ModuleType) -> None:
    result = run_examples(one)
    assert result.attempted and not result.failed


def by_basis(regions: tuple[str, ...] = HEBEI, year: int = 2023, library: Library = LIBRARY) -> dict[str, Answer]:
    return {answer.basis.key: answer for answer in answers(library, regions, year)}


def factor(key: str, regions: tuple[str, ...] = HEBEI, year: int = 2023) -> Named:
    found = by_basis(regions, year)[key].factor
    assert found is not None
    return found


def test_the_factors_of_north_china_by_name() -> None:
    known = {
        key: (str(one.factor.value), one.factor.gas, one.factor.year) for key, one in by_basis().items() if one.factor
    }
    assert known == {
        "location": ("0.6361", "CO2", 2023),
        "residual": ("0.6096", "CO2", 2023),
        "operating_margin": ("0.9419", "CO2", 2019),
        "life_cycle": ("0.6205", "CO2e", 2023),
    }
    for one in by_basis().values():
        if one.factor:
            assert one.factor.publisher and one.factor.edition and one.factor.place and one.factor.key
            assert one.factor.publisher in str(one.factor.text) and one.factor.edition in str(one.factor.text)
            assert str(one.factor.value) in str(one.factor.text) and one.factor.other_year == (one.factor.year != 2023)


def test_a_number_from_memory_is_a_proposal_and_no_factor() -> None:
    answer = by_basis()["combined_margin"]
    assert answer.factor is None and answer.proposal is not None
    assert answer.proposal.status == "RECALLED" and str(answer.proposal.value) == "0.8269"
    assert "not verified" in str(answer.reason)


def test_where_nothing_is_published_nothing_is_said() -> None:
    nowhere = by_basis(("ZZ", "World"))
    assert all(
        answer.factor is None and answer.reason for answer in nowhere.values() if answer.basis.key != "life_cycle"
    )
    assert modules_factor(LIBRARY, ("PL", "World"), 2023) is None, "no other country's stands in"


def test_an_own_factor_comes_first() -> None:
    own = OwnFactor(
        "m1", "Combined margin", "supplier", "Verifier", "Report 7", "p. 3", "electricity", "combined_margin", "kg/kWh",
        (("CO2", "0.8"),), date(2023, 1, 1), date(2023, 12, 31), "",
    )  # fmt: skip
    library = LIBRARY.with_own(own_rows([own]))
    found = by_basis(library=library)["combined_margin"].factor
    assert found is not None and found.value == Decimal("0.8") and found.publisher == "Verifier"
    modules = replace(own, item="solar_generated", use="footprint", amounts=(("CO2e", "0.03"),))
    stated = modules_factor(LIBRARY.with_own(own_rows([modules])), ("PL", "World"), 2023)
    assert stated is not None and (stated.value, stated.gas) == (Decimal("0.03"), "CO2e")


def test_poland_has_a_residual_mix() -> None:
    assert factor("residual", ("PL", "World"), 2024).value == Decimal("0.8083")


def test_every_basis_says_what_it_is_for() -> None:
    assert len({str(basis.question) for basis in BASES.values()}) == len(BASES)
    assert "never change a total" in str(NOTE)


def test_the_modules_of_china() -> None:
    found = modules_factor(LIBRARY, HEBEI, 2023)
    assert found is not None and found.value == Decimal("0.0545") and found.gas == "CO2e" and found.basis == "modules"


@given(st.decimals(0, 10**9, places=3), st.decimals(0, 10**9, places=3))
def test_tonnes_add_up_and_modules_are_a_line_of_their_own(used: Decimal, sold: Decimal) -> None:
    grid, modules = factor("location"), modules_factor(LIBRARY, HEBEI, 2023)
    found = balance(used, sold, grid, modules)
    assert found.avoided == found.self_used.tonnes + found.fed_in.tonnes
    assert found.self_used.tonnes == (used * grid.value / 1000).quantize(Decimal("1E-9"))
    assert found.modules is not None and found.modules.energy == used + sold
    assert found.net == found.avoided - found.modules.tonnes
    assert found.note is NOTE


def test_a_net_of_different_bounds_is_said_to_be_one() -> None:
    modules = modules_factor(LIBRARY, HEBEI, 2023)
    assert "underestimate" in str(balance(Decimal(1), Decimal(0), factor("location"), modules).mixed)
    assert balance(Decimal(1), Decimal(0), factor("life_cycle"), modules).mixed is None
    unknown = balance(Decimal(1), Decimal(0), factor("location"), None)
    assert unknown.net is None and unknown.mixed is None


def test_the_published_constant() -> None:
    """1,200 MWh at 0.600 t/MWh are 720 t a year."""
    grid = replace(factor("location"), value=Decimal("0.6"))
    assert avoided(Decimal(1_200_000), grid).tonnes == 720


class TestHourly:
    DAY = Sunny(days=1)

    def test_hours_are_weighted_by_the_generation(self) -> None:
        cleaner_at_noon = 0.8 - 0.4 * self.DAY.sun / 900
        found = avoided_hourly(self.DAY.series(self.DAY.energy), self.DAY.series(cleaner_at_noon), TABLE)
        assert float(found.avoided.tonnes) == pytest.approx((self.DAY.energy * cleaner_at_noon).sum() / 1000, abs=1e-9)
        assert float(found.avoided.factor.value) < found.plain_mean
        assert found.avoided.factor.publisher == "Operator" and found.avoided.factor.edition == "2023, v2"
        assert (found.present, found.expected) == (24, 24)

    @given(st.floats(0, 2))
    def test_a_constant_table_is_the_average(self, value: float) -> None:
        flat = self.DAY.series(np.full(24, value))
        found = avoided_hourly(self.DAY.series(self.DAY.energy), flat, TABLE).avoided
        assert math.isclose(float(found.factor.value), value, abs_tol=1e-9)
        assert math.isclose(float(found.tonnes), value * self.DAY.energy.sum() / 1000, abs_tol=1e-8)

    def test_hours_without_a_factor_are_left_out_and_counted(self) -> None:
        holes = np.full(24, 0.5)
        holes[12] = math.nan
        found = avoided_hourly(self.DAY.series(self.DAY.energy), self.DAY.series(holes), TABLE)
        assert found.present == 23
        assert float(found.avoided.energy) == pytest.approx(self.DAY.energy.sum() - self.DAY.energy[12], abs=1e-6)

    def test_tables_that_cannot_be(self) -> None:
        energy = self.DAY.series(self.DAY.energy)
        with pytest.raises(UserError, match="no time in common"):
            avoided_hourly(energy, Series(0, 3600, np.ones(3)), TABLE)
        with pytest.raises(UserError, match="below 0"):
            avoided_hourly(energy, self.DAY.series(np.full(24, -0.1)), TABLE)

    def test_a_night_avoids_nothing(self) -> None:
        found = avoided_hourly(self.DAY.series(np.zeros(24)), self.DAY.series(np.ones(24)), TABLE).avoided
        assert found.tonnes == 0 and found.factor.value == 0
