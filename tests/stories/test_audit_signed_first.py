"""The plant manager may sign before the auditor where nobody audits the year; head office wants both in any case."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.stories.terminal import Terminal
from tests.stories.verification import LEAD, MANAGER, PREPARER, YEAR, Laptop, rows


def test_where_nobody_audits_the_plant_manager_may_sign_first(
    tmp_path: Path, keys: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The order is free; what was signed first stays as it was, and head office wants the auditor in any case."""
    monkeypatch.chdir(tmp_path)
    hill = Laptop(Terminal("en"), keys)
    type_in = hill.type_in
    type_in("new", hill.file, "--name", "Hillside", "--country", "CN", "--region", "CN-HE", "--person", PREPARER)
    Path("bills.csv").write_text("\n".join(rows()) + "\n", encoding="utf-8")
    type_in("import", hill.file, "bills.csv", "--person", PREPARER)
    half = ("report", hill.file, "--year", YEAR, "--lang", "en", "--out", "half.pdf", "--person", MANAGER)
    assert "The signature of the auditor is missing." in type_in(*half, *hill.key("manager"))
    (filed,) = type_in.data("office", "import", "g.group", "half.pdf", *hill.trust)["reports"]
    assert (filed["state"], filed["reasons"]) == ("held", ["The signature of the auditor is missing."])
    whole = ("countersign", "half.pdf", "--out", "whole.pdf", *hill.trust, "--person", LEAD)
    both = type_in.data(*whole, *hill.key("lead"))
    assert [one["field"] for one in both["signatures"]] == ["PlantManager", "Auditor"] and both["valid"]
    assert Path("whole.pdf").read_bytes().startswith(Path("half.pdf").read_bytes())
    (filed,) = type_in.data("office", "import", "g.group", "whole.pdf", *hill.trust)["reports"]
    assert (filed["state"], filed["signed_by"], filed["rebuilt"]) == ("accepted", f"{MANAGER}, {LEAD}", "equal")
