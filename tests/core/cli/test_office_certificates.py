"""``office certificates`` and what plants do with it: from the root to a trust file that takes a revocation along."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from core.cli import main
from core.group.trust.believing import pem_of
from core.ledger import Authority, Certificate, Dispatch
from core.signing import fingerprint, load_certificate, load_p12, load_request, load_trust
from core.store import GroupFile
from tests.carried import quick_p12
from tests.core.signing import pki
from tests.softhsm import PIN, soft_tokens

WORD = "four words are enough"


def run(*words: object, lang: str = "en") -> int:
    return main(["--ui-lang", lang, *(str(word) for word in words)])


class Place:
    """A folder with a group file, and what is done there."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder, self._capsys = folder, capsys
        self.group = folder / "head.group"
        self.word = self.file("word.txt", WORD.encode())
        self.root = ("--sign", folder / "root.p12", "--passphrase-file", self.word)

    def file(self, name: str, data: bytes) -> Path:
        (self.folder / name).write_bytes(data)
        return self.folder / name

    def does(self, *words: object, lang: str = "en") -> int:
        return run("office", "certificates", self.group, *words, lang=lang)

    @property
    def said(self) -> str:
        return self._capsys.readouterr().out

    @property
    def refused(self) -> str:
        return self._capsys.readouterr().err

    @property
    def plain(self) -> Any:
        return json.loads(self.said)

    def asks(self, name: str) -> tuple[Path, str]:
        """A request of a plant, and its fingerprint."""
        out = self.folder / f"{name}.csr"
        assert run("certificate", "request", "--name", name, "--email", f"{name}@example.com", "--organisation", "P",
                   "--key", self.folder / f"{name}.key", "--out", out, "--passphrase-file", self.word) == 0  # fmt: skip
        load_request(out.read_bytes())
        return out, fingerprint(out.read_bytes())

    def issue(self, name: str, role: str = "auditor") -> Path:
        request, digits = self.asks(name)
        out = self.folder / f"{name}.pem"
        assert self.does("issue", request, "--name", name, "--email", f"{name}@example.com", "--organisation", "Plant",
                         "--role", role, "--fingerprint", digits, "--out", out, *self.root) == 0  # fmt: skip
        return out

    def bundle(self, name: str) -> Path:
        assert self.does("bundle", "--out", self.folder / name, *self.root) == 0
        return self.folder / name


@pytest.fixture
def place(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Place:
    made = Place(tmp_path, capsys)
    assert made.does("authority", "--name", "Group Root", "--organisation", "Group", "--key", tmp_path / "root.p12",
                     "--out", tmp_path / "root.pem", "--passphrase-file", made.word) == 0  # fmt: skip
    return made


def test_a_root_is_made_and_entered(place: Place) -> None:
    assert "Own root: Group Root" in place.said
    root = load_certificate(place.folder / "root.pem")
    assert load_p12(place.folder / "root.p12", WORD).certificate == root
    with GroupFile.open(place.group) as group:
        (held,) = group.register.held(Authority)
        assert held.own and held.id == fingerprint(root).replace(" ", "").lower()
    assert place.does("authority", *place.root) == 2
    assert "in the register already" in place.refused
    assert place.does("authority", "--name", "X", "--key", place.folder / "root.p12",
                      "--passphrase-file", place.word) == 2  # fmt: skip
    assert place.does("authority", "--name", "X") == 2


def test_a_request_is_compared_before_it_is_issued(place: Place) -> None:
    request, digits = place.asks("Li")
    words = ("issue", request, "--name", "Li Wei", "--email", "li@example.com", "--organisation", "Plant", "--role",
             "auditor", "--site", "Hillside", "--out", place.folder / "li.pem", *place.root)  # fmt: skip
    assert place.said
    assert place.does(*words) == 1
    assert digits in place.said
    assert place.does(*words, "--json") == 1
    assert place.plain == {"fingerprint": digits, "done": False}
    assert place.does(*words, "--fingerprint", "00" * 32) == 2
    assert "another one than that of the file" in place.refused
    assert not (place.folder / "li.pem").exists()
    assert place.does(*words, "--json", "--fingerprint", digits.lower().replace(" ", ":")) == 0
    plain = place.plain
    assert plain["certificate"]["name"] == "Li Wei" and plain["certificate"]["sites"] == ["Hillside"]
    assert plain["certificate"]["state"] == "valid"
    made = load_certificate(place.folder / "li.pem")
    assert fingerprint(made).replace(" ", "").lower() == plain["certificate"]["sha256"]
    assert place.does("get", "Li Wei", "--out", place.folder / "again.pem") == 0
    assert load_certificate(place.folder / "again.pem") == made
    assert place.does(*words, "--fingerprint", digits) == 2, "never over a file that is there"


def test_the_old_key_renews(place: Place) -> None:
    certificate = place.issue("Li")
    key = place.folder / "Li.p12"
    from core.signing import Identity, load_key

    quick_p12(key, Identity(load_certificate(certificate), load_key(place.folder / "Li.key", WORD)), WORD)
    asked = place.folder / "li.renewal"
    assert run("certificate", "renew", "--sign", key, "--passphrase-file", place.word,
               "--key", place.folder / "new.key", "--out", asked) == 0  # fmt: skip
    out = place.folder / "new.pem"
    assert place.does("renew", asked, "--out", out, *place.root) == 0
    assert load_key(place.folder / "new.key", WORD).public_key() == load_certificate(out).public_key()
    with GroupFile.open(place.group) as group:
        old, new = sorted(group.register.held(Certificate), key=lambda one: bool(one.renews))
        assert new.renews == old.id and new.name == "Li"
    assert place.does("renew", asked, "--out", place.folder / "more.pem", *place.root) == 1
    assert "renewed already" in place.refused
    assert place.does("renew", place.word, "--out", place.folder / "more.pem", *place.root) == 2
    assert run("certificate", "renew", "--sign", key, "--passphrase-file", place.word, "--out", asked) == 2


def test_a_revocation_reaches_the_plants(place: Place) -> None:
    place.issue("Li")
    first = place.bundle("first.trust")
    held = place.folder / "plant.trust"
    root = fingerprint(load_certificate(place.folder / "root.pem"))
    assert run("certificate", "trust", first, "--held", held) == 2
    assert run("certificate", "trust", first, "--held", held, "--root", "11" * 32) == 1
    assert not held.exists()
    assert run("certificate", "trust", first, "--held", held, "--root", root) == 0
    assert place.does("revoke", "Li", "--reason", "Key lost", "--out", place.folder / "r.crl", *place.root) == 0
    second = place.bundle("second.trust")
    assert place.said
    assert run("certificate", "trust", second, "--held", held, "--json") == 0
    assert (plain := place.plain)["number"] == 2 and plain["revoked"] == 1
    assert run("certificate", "trust", first, "--held", held) == 1
    assert "not later than number 2" in place.refused
    assert held.read_bytes() == second.read_bytes()
    (crl,) = load_trust(held).crls
    assert [one.serial_number for one in crl] == [load_certificate(place.folder / "Li.pem").serial_number]
    with GroupFile.open(place.group) as group:
        sent = group.register.held(Dispatch)
        assert sorted(one.id for one in sent) == ["trust-1", "trust-2"]
        last = next(one for one in sent if one.id == "trust-2")
        assert group.blob(last.sha256) == second.read_bytes()
    assert place.does("revoke", "Li", "--reason", "Again", *place.root) == 2


def test_a_company_pki(place: Place) -> None:
    born = datetime.now(UTC) - timedelta(days=1)
    root = pki.authority("Company Root", when=born)
    middle = pki.authority("Company People", root, length=0, when=born)
    anna = pki.card(middle, when=born)
    lists = (pki.crl(root, when=born), pki.crl(middle, when=born))
    parts = [pem_of(one) for one in (root.certificate, middle.certificate, *lists)]
    company = place.file("company.pem", b"".join(parts))
    card = place.file("anna.pem", pem_of(anna.certificate))
    digits = fingerprint(anna.certificate)
    assert place.does("name", card, "--role", "auditor", "--fingerprint", digits) == 1
    assert place.does("believe", company, "--note", "Joint venture") == 0
    assert place.does("believe", company) == 2
    assert place.does("name", card, "--role", "auditor") == 1
    assert place.does("name", card, "--role", "auditor", "--site", "Krosno", "--fingerprint", digits) == 0
    assert place.does("revoke", "Anna Nowak", "--reason", "Left", "--since", "2001-01-01") == 2
    assert place.does("revoke", "Anna Nowak", "--reason", "Left") == 0, "no key is needed to take one's word back"
    assert place.does("distrust", "Company Root", "--reason", "Sold") == 0
    assert place.said
    assert place.does("list", "--json") == 0
    plain = place.plain
    assert [(one["name"], one["believed"], one["reason"]) for one in plain["authorities"]] == [
        ("Group Root", True, ""), ("Company People", True, ""), ("Company Root", False, "Sold"),
    ]  # fmt: skip
    assert [(one["state"], one["reason"]) for one in plain["certificates"]] == [("revoked", "Left")]
    assert (
        place.does("believe", place.file("key.pem", b"-----BEGIN PRIVATE KEY-----\nAA\n-----END PRIVATE KEY-----")) == 2
    )
    assert "holds a private key" in place.refused


def test_the_list_says_what_is_due(place: Place) -> None:
    place.issue("Li")
    place.issue("Wang", "plant-manager")
    assert place.said
    assert place.does("list", "--days", 1000) == 0
    said = place.said
    assert "Group Root" in said and "The list of Group Root is out of date on" in said
    assert said.count("needs a new certificate") == 2
    assert place.does("list") == 0
    assert "needs a new certificate" not in (said := place.said) and "valid" in said
    assert place.does("list", lang="zh") == 0
    assert "审核员" in place.said
    assert place.does("crl", "--out", place.folder / "new.crl", *place.root) == 0
    assert (place.folder / "new.crl").read_bytes().startswith(b"-----BEGIN X509 CRL-----")
    assert run("office", "certificates", place.folder / "none.group", "list") == 2


def test_a_root_on_a_token(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    tokens = soft_tokens(tmp_path, monkeypatch)
    tokens.add("Root")
    place = Place(tmp_path, capsys)
    place.root = ("--module", tokens.module, "--pin-file", place.file("pin.txt", PIN.encode()))
    assert place.does("authority", "--name", "Token Root", "--organisation", "Group", *place.root) == 0
    place.issue("Li")
    assert place.does("revoke", "Li", "--reason", "Lost", *place.root) == 0
    assert load_trust(place.bundle("t.trust")).crls[0].next_update_utc is not None
