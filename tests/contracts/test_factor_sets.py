"""A factor set and a policy are one file each: here they are added while the program runs."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import date
from importlib.resources import files
from pathlib import Path

import pytest

import core.library.load
import core.library.policies
from core.ledger import Plant
from core.library import all_policies, load_library
from tests.core.samples import activity, compiled

SET = """# title_en: Grid of Laos 2023
# title_zh: 老挝电网2023年
# publisher: Ministry of Energy and Mines
# edition: Notice 7
# year: 2024
# published: 2024-12-01
# licence: numbers are facts
item,use,region,year,unit,CO2,CH4,N2O,CO2e,value,place,status,name_en,name_zh,lower,upper,note
electricity,location,LA,2023,kg/kWh,0.25,,,,,Table 1,VERIFIED,Grid of Laos,老挝电网,,,
"""
POLICY = """key = "house-rule"
order = 9
name_en = "House rule"
name_zh = "内部规则"
title_en = "House rule: latest national factor"
title_zh = "内部规则：最新全国因子"
source = "Handbook, 3.2"
year = "latest"
area = "national"
gwp_set = "AR5"
"""


@pytest.fixture
def shelf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The data of the program in a folder where one more file can be laid."""
    for name in ("factors", "gwp", "items", "policies"):
        shutil.copytree(str(files("resources") / name), tmp_path / name)
    shutil.copy(str(files("resources") / "units.toml"), tmp_path)
    for module in (core.library.load, core.library.policies):
        monkeypatch.setattr(module, "files", lambda _package: tmp_path)
    load_library.cache_clear()
    all_policies.cache_clear()
    yield tmp_path
    load_library.cache_clear()
    all_policies.cache_clear()


def test_a_new_factor_set_is_one_file(shelf: Path) -> None:
    bill = activity(start=date(2023, 1, 1), end=date(2023, 12, 31), quantity=1000)
    laos = Plant("Vientiane", "LA")
    before = compiled([bill], plant=laos)
    assert all(line.factor.region != "LA" for line in before.lines)
    (shelf / "factors" / "la_grid_2023.csv").write_text(SET, "utf-8")
    load_library.cache_clear()
    after = compiled([bill], plant=laos)
    location = next(line for line in after.lines if line.scope == "scope2_location")
    assert str(location.tco2e.normalize()) == "0.25"
    assert location.factor.publisher == "Ministry of Energy and Mines"


def test_a_new_policy_is_one_file(shelf: Path) -> None:
    assert "house-rule" not in {policy.key for policy in all_policies()}
    (shelf / "policies" / "house_rule.toml").write_text(POLICY, "utf-8")
    all_policies.cache_clear()
    assert all_policies()[-1].name.in_language("zh") == "内部规则"
    lines = compiled([activity()], policy="house-rule").lines
    assert {line.factor.region for line in lines if line.scope == "scope2_location"} == {"CN"}
