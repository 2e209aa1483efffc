"""The plain forms are JSON, in both languages, and lose nothing."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any, cast

from core.disclosures.comparing import compare
from core.disclosures.deciding import decision_id
from core.disclosures.plain import (
    compared_to_plain,
    lacking_to_plain,
    map_to_plain,
    readiness_to_plain,
    value_to_plain,
)
from core.disclosures.readiness import lacking, readiness_of
from core.ledger.disclosures import QuestionDecision
from tests.core.disclosures.made import MAP, POINTS, absent, answer, number, share

VALUES = {
    "ghg.s1": number("ghg.s1", "1E+3", "e1"),
    "ghg.s2": absent("ghg.s2"),
    "energy.share": share("energy.share", 1, 3),
    "policy.env": answer("policy.env", "yes", "e2", valid_to="2025-01-01", expired=True),
}
BEFORE = QuestionDecision(decision_id(2024, MAP.key, "3.1"), MAP.key, "3.1", 2024, "no", "No board")
READY = readiness_of(MAP, VALUES, [BEFORE], 2025, "plant")


def same(value: object) -> Any:
    return json.loads(json.dumps(value))


def test_readiness() -> None:
    found = same(readiness_to_plain(READY, "zh"))
    assert found["data"] == {"n": 2, "of": 7, "percent": 28}
    assert found["evidence"] == {"n": 1, "of": 7, "percent": 14}
    assert found["map"]["title"] == "自有问题2025"
    by_id = {one["id"]: one for one in found["questions"]}
    assert by_id["1"]["name"] == "问题 1"
    assert by_id["2"]["points"] == [{"point": "ghg.s1", "known": True}, {"point": "ghg.s2", "known": False}]
    assert by_id["3.1"]["proposal"] == {"year": 2024, "applies": "no", "reason": "No board"}
    assert by_id["3"]["state"] == "expired"


def test_values() -> None:
    found = same(value_to_plain(VALUES["ghg.s1"]))
    assert (found["value"], found["unit"], found["evidence"], found["proven"]) == ("1000", "tCO2e", ["e1"], True)
    assert found["origins"] == [{"kind": "line", "ids": ["a1", "a2"], "words": "Rows: 2", "page": "", "year": 0}]
    assert same(value_to_plain(VALUES["energy.share"]))["parts"] == ["1", "3"]
    gone = same(value_to_plain(VALUES["ghg.s2"]))
    assert (gone["value"], gone["known"]) == (None, False)
    assert gone["missing"] == "“ghg.s2” is not answered."
    assert same(value_to_plain(replace(VALUES["ghg.s1"], value=None, covered=(1, 2))))["value"] == "1/2"


def test_what_is_missing() -> None:
    found = same(lacking_to_plain(lacking([READY], POINTS), "zh"))
    first = next(one for one in found if one["point"] == "policy.env")
    assert (first["who"], first["expired"], first["why"]) == ("环安经理", True, None)
    assert first["questions"] == [{"map": "own_2025", "question": "3"}]


def test_comparison() -> None:
    found = same(compared_to_plain(compare(READY, {"ghg.s1": number("ghg.s1", 300)})))
    first = cast("dict[str, Any]", found[0])
    assert first["old"] == {"value": "300", "unit": "tCO2e", "rows": []}
    assert (first["difference"], first["percent"]) == ("700", "233.333333333")
    assert found[2]["new"] is None


def test_a_map() -> None:
    assert same(map_to_plain(MAP))["questions"] == 9
