"""``report`` and ``countersign`` with ``--time-stamps``: the proof is asked for, kept in the file, and told."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from core.signing import Trust, load_trust, verify
from tests.core.cli.test_countersign import Office, first, office, run
from tests.core.signing import pki
from tests.core.signing.tsa import serving, time_stamper

__all__ = ["first", "office"]


def test_both_signatures_of_a_report_are_stamped(
    office: Office, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    tsa = time_stamper(pki.authority("Time Root", when=datetime.now(UTC) - timedelta(days=1)),
                       when=datetime.now(UTC) - timedelta(days=1))  # fmt: skip
    first, both = tmp_path / "one.pdf", tmp_path / "both.pdf"
    words = ("--year", 2024, "--out", first, "--lang", "en", "--person", "Li Na")
    with serving(lambda query: tsa.answer(query, datetime.now(UTC).replace(microsecond=0))) as url:
        assert run("report", office.plant, *words, *office.key("Li Na"), "--time-stamps", url) == 0
        assert run("countersign", first, "--out", both, "--trust", office.trust, *office.key("Wang Fang"),
                   "--time-stamps", url) == 0  # fmt: skip
        capsys.readouterr()
    assert run("verify", both, "--trust", office.trust, "--json") == 0
    told = json.loads(capsys.readouterr().out)["signatures"]
    assert [(one["level"], one["stamped_by"], one["proven_at"]) for one in told] == [
        ("PAdES B-B", "Time stamps 1", None)
    ] * 2, "nobody is believed for time stamps"
    known = load_trust(office.trust)
    trust = Trust(known.authorities, known.crls, stampers=(tsa.root.certificate,))
    found = verify(both.read_bytes(), trust, when=datetime.now(UTC))
    assert found.valid, found.reason
    assert [one.level for one in found.signatures] == ["PAdES B-T"] * 2


def test_without_an_answer_nothing_is_written(
    office: Office, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "r.pdf"
    words = ("--year", 2024, "--out", out, "--person", "Li Na", *office.key("Li Na"))
    with serving(lambda query: b"", 503) as url:
        assert run("report", office.plant, *words, "--time-stamps", url) == 2
    assert "did not help" in capsys.readouterr().err
    assert not out.exists()
