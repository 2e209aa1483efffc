"""Reports judged by the register of the group: company cards, revoked people, receipts that outlive certificates."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pytest

from core.cli.office import preserve as command
from core.errors import UserError
from core.group.inbox.judging import judge, order
from core.group.inbox.longterm import judged_later, preserving
from core.group.trust.believing import believing, certificate_of, pem_of, trust_of
from core.group.trust.naming import naming
from core.group.trust.people import enrolling, revoking
from core.group.trust.roots import founding, listing
from core.handover import produce
from core.ledger import Change, Register
from core.signing import Identity, create_request
from core.signing.longterm import PART
from core.store import GroupFile
from tests.carried import quick_p12
from tests.core.handover.conftest import NOW, auditor, authority, draft_of, ledger, signed
from tests.core.signing import pki

__all__ = ["auditor", "authority", "signed"]
DAY = timedelta(days=1)
LATER = NOW + DAY


def found(group: GroupFile, authority: Identity) -> None:
    act = founding(group.register, authority, NOW)
    group.append(Change("Wang Wei", NOW, act.why, act.steps))


def officer(group: GroupFile, authority: Identity) -> Identity:
    """Somebody of head office who signs receipts."""
    key, request = create_request("Zhao Min", "zhao@example.org", "Head office", "auditor")
    act = enrolling(
        group.register, authority, request, name="Zhao Min", email="zhao@example.org", organisation="Head office",
        role="auditor", when=NOW,
    )  # fmt: skip
    group.append(Change("Wang Wei", NOW, act.why, act.steps))
    assert act.certificate is not None
    return Identity(certificate_of(act.certificate), key)


def arrive(group: GroupFile, data: bytes, name: str = "r.pdf") -> str:
    judged = judge(order(name, data, trust_of(group.register, LATER), LATER))
    group.file(judged.filed, data, judged.parts, judged.markings)
    return judged.filed.state


def test_a_report_with_a_company_card_is_filed(tmp_path: Path, authority: Identity) -> None:
    root = pki.authority("Company Root", when=NOW)
    middle = pki.authority("Company People", root, length=0, when=NOW)
    anna = pki.card(middle, when=NOW)
    lists = (pki.crl(root, when=NOW), pki.crl(middle, when=NOW))
    pem = b"".join(pem_of(one) for one in (root.certificate, middle.certificate, *lists))
    report = produce(draft_of(ledger()), anna)
    register = Register().apply(founding(Register(), authority, NOW).steps)
    register = register.apply(believing(register, pem, NOW, source="company.pem").steps)
    card = pem_of(anna.certificate)
    register = register.apply(naming(register, card, role="auditor", sites=["Hillside"], when=NOW).steps)
    judged = judge(order("r.pdf", report, trust_of(register, LATER), LATER))
    assert judged.filed.state == "accepted", judged.filed.reasons
    assert judged.filed.signed_by == ("Anna Nowak",)
    gone = register.apply(revoking(register, "Anna Nowak", "Left", LATER).steps)
    refused = judge(order("r.pdf", report, trust_of(gone, LATER), LATER))
    assert (refused.filed.state, "revoked" in str(refused.filed.reasons[0])) == ("rejected", True)


def test_a_card_for_another_plant_is_refused(authority: Identity) -> None:
    root = pki.authority("Company Root", when=NOW)
    anna = pki.card(root, when=NOW)
    pem = pem_of(root.certificate) + pem_of(pki.crl(root, when=NOW))
    register = Register().apply(founding(Register(), authority, NOW).steps)
    register = register.apply(believing(register, pem, NOW, source="company.pem").steps)
    register = register.apply(
        naming(register, pem_of(anna.certificate), role="auditor", sites=["Krosno"], when=NOW).steps
    )
    judged = judge(order("r.pdf", produce(draft_of(ledger()), anna), trust_of(register, LATER), LATER))
    assert judged.filed.state == "rejected"
    assert "may not sign for Hillside" in str(judged.filed.reasons[0])


def test_receipts_outlive_certificates(tmp_path: Path, authority: Identity, signed: bytes) -> None:
    with GroupFile.open(tmp_path / "g.group") as group:
        found(group, authority)
        zhao = officer(group, authority)
        assert arrive(group, signed) == "accepted"
        assert arrive(group, signed[:-9], "bad.pdf") == "rejected"
        (filed,) = group.accepted(2024)
        assert judged_later(group, filed, LATER) is None
        assert [(one.filed.name, one.done) for one in preserving(group, zhao, LATER)] == [("r.pdf", True)]
        assert [one.done for one in preserving(group, zhao, LATER)] == [False], "it has one that lasts"
        kept = group.part(filed.sha256, PART)
        late = NOW + 650 * DAY
        act = listing(group.register, authority, late)
        group.append(Change("Wang Wei", late, act.why, act.steps))
        (again,) = preserving(group, zhao, late)
        assert again.done and group.part(filed.sha256, PART) != kept
        assert group.part(filed.sha256, "lines") is not None
        much_later = NOW + 1500 * DAY
        act = listing(group.register, authority, much_later)
        group.append(Change("Wang Wei", much_later, act.why, act.steps))
        later = judged_later(group, filed, much_later)
        assert later is not None and later.valid
        assert (later.proven_at, later.proven_by) == (LATER, "Zhao Min")
        assert group.original(filed.sha256) == signed, "the original is as it came"


def test_who_signed_cannot_vouch_and_the_rest_goes_on(
    tmp_path: Path, authority: Identity, auditor: Identity, signed: bytes
) -> None:
    with GroupFile.open(tmp_path / "g.group") as group:
        found(group, authority)
        arrive(group, signed)
        (one,) = preserving(group, auditor, LATER)
        assert not one.done and "cannot prove when" in str(one.problem)
        assert group.part(one.filed.sha256, PART) is None
        assert list(preserving(group, auditor, LATER, cancelled=lambda: True)) == []
        with pytest.raises(UserError, match="No report"):
            group.keep_part("0" * 64, PART, b"")


def test_the_commands(
    tmp_path: Path, authority: Identity, signed: bytes, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    from core.cli import main

    monkeypatch.setattr(command, "now", lambda: LATER)
    path = tmp_path / "g.group"
    with GroupFile.open(path) as group:
        found(group, authority)
        saved = officer(group, authority)
        arrive(group, signed)
        sha256 = group.all()[0].sha256
    (tmp_path / "word").write_text("four small blue words")
    quick_p12(tmp_path / "z.p12", saved, "four small blue words")
    key = ("--sign", str(tmp_path / "z.p12"), "--passphrase-file", str(tmp_path / "word"))
    english = ("--ui-lang", "en", "office")
    assert main([*english, "prove", str(path)]) == 1
    assert "no receipt" in capsys.readouterr().out
    assert main([*english, "preserve", str(path), *key, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)[0]["done"] is True
    assert main([*english, "preserve", str(path), *key]) == 0
    assert "r.pdf: has a receipt that lasts" in capsys.readouterr().out
    assert main([*english, "prove", str(path), "--report", sha256[:10], "--json"]) == 0
    (plain,) = json.loads(capsys.readouterr().out)
    assert (plain["valid"], plain["proven_by"], plain["proven_at"]) == (True, "Zhao Min", LATER.isoformat())
    assert main([*english, "prove", str(path)]) == 0
    assert "proven" in capsys.readouterr().out
    assert main([*english, "prove", str(path), "--report", "abcdef01"]) == 2
