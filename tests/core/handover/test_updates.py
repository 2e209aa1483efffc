"""A newer version is told by a signed file of somebody who is trusted, and by nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from core import VERSION
from core.errors import UserError
from core.handover import updates as module
from core.handover.notice_rows import version_number
from core.handover.notices import LARGEST, Notice, check_notice, sign_notice
from core.handover.updates import (
    judge_update,
    judge_updates,
    lying_about,
    sha256_of,
    take_up,
    trusted,
    update_of,
    which_installer,
)
from core.i18n import Name
from core.ledger import Ledger, Plant
from core.signing import Identity, Trust, create_authority, create_request, issue, save_certificate

WHEN = datetime(2026, 3, 1, 12, tzinfo=UTC)
LATER = WHEN + timedelta(days=1)
DIGEST = "ab" * 32


def row(what: str, words: str, digest: str = "") -> dict[str, str]:
    return {"what": what, "words": words, "sha256": digest}


ROWS = (
    row("version", "9.1.0"),
    row("released", "2026-02-27"),
    row("en", "Factors of 2026"),
    row("zh", "2026年排放因子"),
    row("zh", "修正"),
    row("where_en", "Ask the IT desk in Room 4."),
    row("where_zh", "请到四号房间找信息部。"),
    row("installer", "setup.exe", DIGEST),
)
NOTICE = Notice("update", "Plant Carbon Audit 9.1.0", "Test Group", ROWS, note="Before June, please.")


@pytest.fixture(scope="module")
def root() -> Identity:
    return create_authority("Head Office", "Test Group", WHEN)


def key_of(root: Identity, role: str = "auditor") -> Identity:
    key, asked = create_request("Li Na", "li@example.org", "Test Group", role)
    return Identity(issue(root, asked, role=role, sites=(), when=WHEN), key)


@pytest.fixture(scope="module")
def auditor(root: Identity) -> Identity:
    return key_of(root)


@pytest.fixture
def signed(auditor: Identity, tmp_path: Path) -> Path:
    path = tmp_path / "new.update"
    path.write_bytes(sign_notice(NOTICE, auditor, WHEN))
    return path


def believed(root: Identity) -> tuple[Trust]:
    return (Trust((root.certificate,)),)


def test_everything_of_a_notice_arrives(signed: Path, root: Identity) -> None:
    judged = judge_update(signed, believed(root), LATER)
    found = judged.update
    assert found is not None
    assert (found.version, found.released, found.signer, found.group) == (
        "9.1.0",
        date(2026, 2, 27),
        "Li Na",
        "Test Group",
    )
    assert found.news == (Name("Factors of 2026", "2026年排放因子"), Name("", "修正"))
    assert found.where.en == "Ask the IT desk in Room 4."
    assert found.installers == (("setup.exe", DIGEST),)
    assert found.note == "Before June, please."


def test_a_stranger_is_not_believed(tmp_path: Path, root: Identity) -> None:
    other = create_authority("Head Office", "Test Group", WHEN)
    path = tmp_path / "x.update"
    path.write_bytes(sign_notice(NOTICE, key_of(other), WHEN))
    judged = judge_update(path, believed(root), LATER)
    assert judged.update is None
    assert judge_update(path, believed(other), LATER).update is not None, "it is the signer alone"
    assert judge_update(path, (*believed(root), *believed(other)), LATER).update is not None, "one of several is enough"


def test_without_a_trust_file_nobody_is_believed(signed: Path) -> None:
    judged = judge_update(signed, (), LATER)
    assert judged.update is None
    assert str(judged.reason) == "No trust file of head office was taken up, so nobody is believed."


@pytest.mark.parametrize("place", range(0, 1400, 97))
def test_a_changed_byte_is_found(signed: Path, root: Identity, place: int) -> None:
    data = bytearray(signed.read_bytes())
    data[place % len(data)] ^= 1
    signed.write_bytes(bytes(data))
    assert judge_update(signed, believed(root), LATER).update is None


@pytest.mark.parametrize("version", [VERSION, "0.0.9"])
def test_a_version_that_is_not_newer_is_refused(
    tmp_path: Path, auditor: Identity, root: Identity, version: str
) -> None:
    old = replace(NOTICE, rows=(row("version", version), *ROWS[1:]))
    path = tmp_path / "x.update"
    path.write_bytes(sign_notice(old, auditor, WHEN))
    judged = judge_update(path, believed(root), LATER)
    assert judged.update is None
    assert f"tells of version {version}" in str(judged.reason)


def test_another_kind_of_file_is_refused(tmp_path: Path, auditor: Identity, root: Identity) -> None:
    asked = {"what": "words", "subject": "", "unit": "", "years": "2025", "words": "Who?"}
    path = tmp_path / "x.update"
    path.write_bytes(sign_notice(Notice("request", "T", "G", (asked,)), auditor, WHEN))
    assert str(judge_update(path, believed(root), LATER).reason) == "This is no update notice."


@pytest.mark.parametrize("data", [b"", b"{}", b"\x00" * 100, b"[" * 10_000, b"{" + b" " * (LARGEST + 10)])
def test_rubbish_is_refused_with_its_reason(tmp_path: Path, root: Identity, data: bytes) -> None:
    path = tmp_path / "x.update"
    path.write_bytes(data)
    judged = judge_update(path, believed(root), LATER)
    assert judged.update is None and str(judged.reason)


def test_a_file_that_is_not_there_is_refused(tmp_path: Path, root: Identity) -> None:
    assert judge_update(tmp_path / "none.update", believed(root), LATER).update is None
    assert judge_update(tmp_path, believed(root), LATER).update is None


@pytest.mark.parametrize(
    ("rows", "why"),
    [
        (ROWS[1:], "no row “version”"),
        ((*ROWS, row("version", "9.2.0")), "the row “version” twice"),
        (tuple(one for one in ROWS if one["what"] != "zh"), "no row “zh”"),
        (tuple(one for one in ROWS if one["what"] != "installer"), "no row “installer”"),
        ((row("version", "9.x"), *ROWS[1:]), "“9.x” is no version."),
        ((row("version", "9"), *ROWS[1:]), "“9” is no version."),
        ((ROWS[0], row("released", "2026-02-30"), *ROWS[2:]), "“2026-02-30” is no day."),
        ((*ROWS, row("installer", "x.deb")), "needs its SHA-256"),
        ((*ROWS, row("installer", "x.deb", DIGEST.upper())), "needs its SHA-256"),
        ((*ROWS, row("en", "More", DIGEST)), "needs its SHA-256"),
        ((*ROWS, row("en", " ")), "The row says nothing."),
        ((*ROWS, row("url", "http://x")), "nothing that an update notice says"),
        ((*ROWS, ROWS[2]), "repeats an earlier row"),
    ],
)
def test_what_a_notice_lacks_is_said_before_it_is_signed(rows: Sequence[dict[str, str]], why: str) -> None:
    with pytest.raises(UserError, match=why):
        check_notice(replace(NOTICE, rows=tuple(rows)))


def test_it_is_for_everybody() -> None:
    with pytest.raises(UserError, match="for everybody"):
        check_notice(replace(NOTICE, sites=("Birch",)))
    check_notice(NOTICE)


def test_a_plant_file_does_not_take_it(signed: Path, root: Identity) -> None:
    from core.handover.noticed import receive_notice

    ledger = Ledger.of((Plant("Birch", "GB"),))
    with pytest.raises(UserError, match="not for a plant file"):
        receive_notice(signed.read_bytes(), "new.update", believed(root)[0], ledger, lambda _key: b"", "Li", LATER)


def test_the_newest_comes_first(tmp_path: Path, auditor: Identity, root: Identity) -> None:
    paths = []
    for version in ("9.9.0", "9.10", "0.0.1"):
        path = tmp_path / f"{version}.update"
        path.write_bytes(sign_notice(replace(NOTICE, rows=(row("version", version), *ROWS[1:])), auditor, WHEN))
        paths.append(path)
    judged = judge_updates(paths, believed(root), LATER)
    assert [one.update.version if one.update else "" for one in judged] == ["9.10", "9.9.0", ""]


def test_versions_are_numbers() -> None:
    assert version_number("1.10.0") > version_number("1.9.12")
    assert version_number("1.2") == version_number("1.2.0")
    assert version_number("0.0") == ()


def test_what_counts_is_kept_once(signed: Path, root: Identity, tmp_path: Path) -> None:
    judged = judge_update(signed, believed(root), LATER)
    kept = tmp_path / "kept"
    kept.mkdir()
    place = take_up(judged, kept)
    assert place.read_bytes() == signed.read_bytes()
    again = judge_update(place, believed(root), LATER)
    assert take_up(again, kept) == place
    assert lying_about([kept, tmp_path / "none", kept]) == [place]
    with pytest.raises(UserError, match="nobody is believed"):
        take_up(judge_update(signed, (), LATER), kept)
    signed.unlink()
    with pytest.raises(UserError, match="cannot be opened: it is not there"):
        take_up(judged, kept)


def test_trust_files_that_were_taken_up_and_the_maker_are_believed(
    tmp_path: Path, root: Identity, signed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert trusted(tmp_path / "none") == ()
    (tmp_path / "broken.trust").write_bytes(b"broken")
    assert trusted(tmp_path) == ()
    save_certificate(tmp_path / "root.pem", root.certificate)
    assert judge_update(signed, trusted(tmp_path, [tmp_path / "root.pem"]), LATER).update is not None
    maker = tmp_path / "maker"
    maker.mkdir()
    save_certificate(maker / "maker.pem", root.certificate)
    monkeypatch.setattr(module, "files", lambda _package: tmp_path)
    assert judge_update(signed, trusted(tmp_path / "none"), LATER).update is not None


def test_the_sources_bring_no_maker() -> None:
    assert module._maker() == []


def test_an_installer_is_known_by_its_bytes(tmp_path: Path) -> None:
    path = tmp_path / "renamed.exe"
    path.write_bytes(b"x" * 3_000_000)
    rows = (*ROWS[:-1], row("installer", "setup.exe", sha256_of(path)))
    update = update_of(replace(NOTICE, rows=rows))
    assert which_installer(path, update) == "setup.exe"
    path.write_bytes(b"y")
    with pytest.raises(UserError, match="none of the files of version"):
        which_installer(path, update)
    with pytest.raises(UserError, match="cannot be opened"):
        which_installer(tmp_path / "none", update)
