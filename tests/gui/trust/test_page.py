"""The page about trust: a root, certificates that are issued, renewed and revoked, and what goes to the plants."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from core.group.trust.believing import believing, trust_of
from core.group.trust.people import enrolling
from core.group.trust.roots import founding
from core.i18n import T
from core.ledger import Authority, Certificate, Dispatch, Site
from core.signing import Identity, create_authority, create_request, fingerprint, load_key, load_p12
from core.signing.bundle import take_bundle
from core.store import GroupFile
from gui.asking import Asking
from gui.keys.renewing import RenewalDialog
from gui.office.office import Office
from gui.pages import discover
from gui.reason_dialog import ReasonDialog
from gui.settings import Settings
from gui.trust.act_dialog import ActDialog
from gui.trust.issue import IssueDialog, NamingDialog, RenewDialog
from gui.trust.page import TrustPage
from gui.trust.revoke import BundleDialog, ListDialog, RevokeDialog
from gui.trust.root import KNOWN, NEW_TOKEN, RootDialog
from gui.trust.rows import AuthorityRow, CertificateRow, authority_row, certificate_row
from gui.window import Window
from tests.carried import quick_p12
from tests.gui.trusted import NOW, PASSPHRASE, keys
from tests.gui.walk import beyond, clipped, nameless, out_of_order, stretched
from tests.softhsm import PIN, soft_tokens

LONG = 60_000
PLANTS = ("Test plant 测试工厂", "Second plant")


@pytest.fixture
def settings(settings: Settings) -> Settings:
    """Of somebody who has said who acts."""
    settings.person = "Wang Wei"
    return settings


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    """A group with two plants that trusts nobody yet."""
    made = Office(GroupFile.open(tmp_path / "head.group"), "Wang Wei", 2023)
    made.put(T("Plants"), *(Site(f"s{i}", name, "CN") for i, name in enumerate(PLANTS)))
    yield made
    made.close()


@pytest.fixture
def window(qtbot: QtBot, office: Office, settings: Settings) -> Window:
    made = Window(office, settings, discover("office"), empty=True)
    qtbot.addWidget(made)
    made.resize(1280, 800)
    made.show()
    made.go("trust")
    return made


@pytest.fixture
def root(office: Office) -> Identity:
    """The group's own root, entered already."""
    made = load_p12(keys().authority_key, PASSPHRASE)
    office.act(founding(office.register, made, NOW))
    return made


def page_of(window: Window) -> TrustPage:
    page = window.page("trust")
    assert isinstance(page, TrustPage)
    return page


def words(widget: QWidget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if label.isVisibleTo(widget))


def enrolled(office: Office, root: Identity, name: str = "Li Na", months: int = 24) -> tuple[Certificate, Identity]:
    """A person with a certificate."""
    email = f"{name.split(maxsplit=1)[0].lower()}@example.com"
    key, request = create_request(name, email, "Example Group", "auditor")
    act = enrolling(
        office.register, root, request, name=name, email=email, organisation="Example Group", role="auditor", when=NOW,
        months=months,
    )  # fmt: skip
    office.act(act)
    assert act.certificate is not None
    return act.certificate, Identity(x509.load_pem_x509_certificate(act.certificate.certificate.encode()), key)


def dialog_of(window: Window, kind: type[ActDialog]) -> ActDialog:
    (found,) = [one for one in page_of(window).findChildren(kind) if one.isVisible()]
    return found


def done(qtbot: QtBot, dialog: Asking) -> None:
    with qtbot.waitSignal(dialog.done_well, timeout=LONG):
        QTest.mouseClick(dialog.go, Qt.MouseButton.LeftButton)


def give_key(dialog: IssueDialog | RenewDialog | RevokeDialog | ListDialog | BundleDialog) -> None:
    dialog.key.file.set_path(keys().authority_key)
    QTest.keyClicks(dialog.key.secret, PASSPHRASE)


def press(window: Window, name: str) -> None:
    (found,) = [b for b in window.inspector.findChildren(QPushButton) if b.text() == name and b.isVisibleTo(window)]
    found.click()


# ---------------------------------------------------------------------- roots


def test_the_empty_page_says_how_to_begin(window: Window) -> None:
    page = page_of(window)
    assert "Nobody is trusted yet" in words(page)
    names = {b.text() for b in page.findChildren(QPushButton) if b.isVisible()}
    assert names == {"Create the group's root…", "Trust an authority…"}


def test_a_root_is_made_in_a_file_and_trusted(qtbot: QtBot, window: Window, office: Office, tmp_path: Path) -> None:
    page_of(window).acts.create_root()
    dialog = dialog_of(window, RootDialog)
    assert isinstance(dialog, RootDialog)
    QTest.keyClicks(dialog.name, "Group Root")
    QTest.keyClicks(dialog.organisation, "Example Group")
    QTest.keyClicks(dialog.secret, PASSPHRASE)
    QTest.keyClicks(dialog.again, "another one")
    QTest.mouseClick(dialog.go, Qt.MouseButton.LeftButton)
    assert "two passphrases differ" in words(dialog) and not list(tmp_path.glob("*.p12"))
    dialog.again.setText(PASSPHRASE)
    done(qtbot, dialog)
    (one,) = office.register.held(Authority)
    assert one.own and one.name == "Group Root" and one.crl
    assert load_p12(tmp_path / "group-root.p12", PASSPHRASE).name == "Group Root"
    assert {p.name for p in tmp_path.glob("*.pem")} == {"root.pem"} and (tmp_path / "revoked.crl").is_file()
    assert str(tmp_path / "group-root.p12") in words(dialog) and str(tmp_path / "root.pem") in words(dialog)
    assert office.trust is not None and "Nobody is trusted" not in words(page_of(window))
    assert dialog.secret.text() == ""


def test_a_root_whose_key_exists_becomes_the_groups_own(qtbot: QtBot, window: Window, office: Office) -> None:
    office.believe([keys().authority])  # as taken over from files: trusted, but whose it is nobody said
    assert not office.register.held(Authority)[0].own and not page_of(window).acts.has_root
    page_of(window).acts.create_root()
    dialog = dialog_of(window, RootDialog)
    assert isinstance(dialog, RootDialog)
    dialog.kind.setCurrentIndex(dialog.kind.findData(KNOWN))
    assert not dialog.name.isVisible() and not dialog.secret.isVisible()
    dialog.known.file.set_path(keys().authority_key)
    QTest.keyClicks(dialog.known.secret, PASSPHRASE)
    done(qtbot, dialog)
    (one,) = office.register.held(Authority)
    assert one.own and page_of(window).acts.has_root


def test_a_root_is_made_on_a_token(
    qtbot: QtBot, window: Window, office: Office, settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = soft_tokens(tmp_path, monkeypatch)
    place.add("Root")
    settings.token_library = place.module
    page_of(window).acts.create_root()
    dialog = dialog_of(window, RootDialog)
    assert isinstance(dialog, RootDialog)
    dialog.kind.setCurrentIndex(dialog.kind.findData(NEW_TOKEN))
    QTest.keyClicks(dialog.name, "Token Root")
    QTest.keyClicks(dialog.token.pin, PIN)
    done(qtbot, dialog)
    (one,) = office.register.held(Authority)
    assert one.own and one.name == "Token Root"
    assert not list(tmp_path.glob("*.p12")) and "never leaves it" in words(dialog)


# ---------------------------------------------------------------------- certificates


def test_a_certificate_is_issued_after_the_telephone_call(
    qtbot: QtBot, window: Window, office: Office, root: Identity, tmp_path: Path
) -> None:
    _key, request = create_request("Li Wei 李伟", "li.wei@example.com", "Plant", "auditor")
    (tmp_path / "li.csr").write_bytes(request)
    page = page_of(window)
    assert page.takes(tmp_path / "li.csr")
    page.take([tmp_path / "li.csr"])
    dialog = dialog_of(window, IssueDialog)
    assert isinstance(dialog, IssueDialog)
    assert dialog.proof.digits.text() == fingerprint(request)
    assert (dialog.name.text(), dialog.email.text()) == ("Li Wei 李伟", "li.wei@example.com")
    dialog.name.setText("Li Wei")  # head office's word
    dialog.sites.tick("Second plant")
    give_key(dialog)
    QTest.mouseClick(dialog.go, Qt.MouseButton.LeftButton)
    assert "not compared" in words(dialog) and office.register.held(Certificate) == ()
    dialog.proof.compared.setChecked(True)
    done(qtbot, dialog)
    (one,) = office.register.held(Certificate)
    assert (one.name, one.role, one.sites) == ("Li Wei", "Auditor", ("Second plant",))
    (written,) = tmp_path.glob("Li-Wei*.pem")
    assert written.read_text() == one.certificate and str(written) in words(dialog)
    assert "E-mail" not in words(dialog), "the fields are gone"
    dialog.reject()
    assert [row.certificate.name for row in page.certificates.model.visible] == ["Li Wei"]


@pytest.mark.parametrize(("role", "shown"), [("auditor", "Auditor"), ("plant-manager", "PlantManager")])
def test_the_role_that_a_request_asks_for_is_proposed(
    window: Window, root: Identity, tmp_path: Path, role: str, shown: str
) -> None:
    (tmp_path / "a.csr").write_bytes(create_request("A", "a@example.com", "G", role)[1])
    page_of(window).acts.issue(tmp_path / "a.csr")
    dialog = dialog_of(window, IssueDialog)
    assert isinstance(dialog, IssueDialog) and dialog.role.currentData() == shown


def test_the_key_of_the_root_is_proposed_the_next_time(
    qtbot: QtBot, window: Window, root: Identity, settings: Settings, tmp_path: Path
) -> None:
    """For forty people; and it is not the key with which the person signs."""
    (tmp_path / "a.csr").write_bytes(create_request("A", "a@example.com", "G", "auditor")[1])
    page_of(window).acts.issue(tmp_path / "a.csr")
    dialog = dialog_of(window, IssueDialog)
    assert isinstance(dialog, IssueDialog)
    dialog.proof.compared.setChecked(True)
    give_key(dialog)
    used = dialog.key.file.path
    dialog.go.click()
    qtbot.waitUntil(lambda: "Send this certificate back" in words(dialog), timeout=LONG)
    dialog.reject()
    assert settings.root_key_file == used and settings.key_file is None
    page_of(window).acts.make_list()
    other = dialog_of(window, ListDialog)
    assert isinstance(other, ListDialog) and other.key.file.path == used and not other.key.secret.text()


@pytest.mark.parametrize(
    ("held", "why"), [(b"hello", "not a certificate request"), (b"x" * 10_000_001, "x.csr is too large")]
)
def test_what_is_no_request_is_said_at_once(
    window: Window, office: Office, root: Identity, tmp_path: Path, held: bytes, why: str
) -> None:
    (tmp_path / "x.csr").write_bytes(held)
    page_of(window).acts.issue(tmp_path / "x.csr")
    dialog = dialog_of(window, IssueDialog)
    assert why in words(dialog)


def test_some_plants_must_be_some(window: Window, root: Identity, tmp_path: Path) -> None:
    (tmp_path / "a.csr").write_bytes(create_request("A", "a@example.com", "G", "auditor")[1])
    page_of(window).acts.issue(tmp_path / "a.csr")
    dialog = dialog_of(window, IssueDialog)
    assert isinstance(dialog, IssueDialog)
    dialog.sites.tick()
    QTest.mouseClick(dialog.go, Qt.MouseButton.LeftButton)
    assert "No plant is chosen" in words(dialog)


def test_a_certificate_is_renewed_with_its_old_key(
    qtbot: QtBot, window: Window, office: Office, root: Identity, settings: Settings, tmp_path: Path
) -> None:
    before, old = enrolled(office, root)
    quick_p12(tmp_path / "old.p12", old, PASSPHRASE)
    person = RenewalDialog(tmp_path, settings)
    qtbot.addWidget(person)
    person.show()
    person.old.file.set_path(tmp_path / "old.p12")
    for secret in (person.old.secret, person.secret, person.again):
        QTest.keyClicks(secret, PASSPHRASE)
    done(qtbot, person)
    (asked,) = tmp_path.glob("li-na*.renewal")
    (key,) = tmp_path.glob("li-na*.key")
    assert str(asked) in words(person) and str(key) in words(person)
    page_of(window).take([asked])
    dialog = dialog_of(window, RenewDialog)
    assert isinstance(dialog, RenewDialog)
    give_key(dialog)
    done(qtbot, dialog)
    after = office.register.held(Certificate)[-1]
    assert after.renews == before.id and after.name == "Li Na"
    issued = x509.load_pem_x509_certificate(after.certificate.encode())
    assert load_key(key, PASSPHRASE).public_key() == issued.public_key(), "what comes back fits the new key"


def test_a_revoked_certificate_is_on_the_list_that_goes_out(
    qtbot: QtBot, window: Window, office: Office, root: Identity, tmp_path: Path
) -> None:
    one, _identity = enrolled(office, root)
    window.go("trust", one.id)
    window.show_inspector(True)
    assert "li@example.com" in words(window.inspector)
    press(window, "Revoke…")
    dialog = dialog_of(window, RevokeDialog)
    assert isinstance(dialog, RevokeDialog)
    give_key(dialog)
    QTest.mouseClick(dialog.go, Qt.MouseButton.LeftButton)
    assert office.register.get("certificate", one.id) == one, "not without a reason"
    dialog.reason.setPlainText("The laptop was stolen")
    done(qtbot, dialog)
    held = office.register.get("certificate", one.id)
    assert isinstance(held, Certificate) and held.why_revoked == "The laptop was stolen"
    crl = x509.load_pem_x509_crl((tmp_path / "revoked.crl").read_bytes())
    assert crl.get_revoked_certificate_by_serial_number(int(one.serial)) is not None
    assert office.trust is not None and office.trust.crls == (crl,)
    dialog.reject()
    page = page_of(window)
    assert [row.state for row in page.certificates.model.visible] == ["revoked"]
    window.show_inspector(True)
    assert "The laptop was stolen" in words(window.inspector)
    assert "Revoke…" not in [b.text() for b in window.inspector.findChildren(QPushButton) if b.isVisible()]
    assert office.undo() is None, "head office gave its word"


def test_certificates_are_shown_by_state(window: Window, office: Office, root: Identity) -> None:
    enrolled(office, root)
    enrolled(office, root, "Ending Soon", months=1)
    page = page_of(window)
    assert [page.tabs.tabText(i) for i in range(5)] == ["All 2", "Valid now 1", "Ends soon 1", "Ended 0", "Revoked 0"]
    page.tabs.setCurrentIndex(2)
    assert [row.certificate.name for row in page.certificates.model.visible] == ["Ending Soon"]
    assert "Certificates to be renewed: 1, first Ending Soon" in words(page)
    page.certificates.search.setText("nobody")
    window.go("trust", office.register.held(Certificate)[0].id)
    row = page.certificates.current_record()
    assert row is not None and row.certificate.name == "Li Na", "tab and filter are lifted"


# ---------------------------------------------------------------------- files for the plants


def test_a_trust_file_for_the_plants_goes_forward(
    qtbot: QtBot, window: Window, office: Office, root: Identity, tmp_path: Path
) -> None:
    for number in (1, 2):
        page_of(window).acts.make_bundle()
        dialog = dialog_of(window, BundleDialog)
        assert isinstance(dialog, BundleDialog)
        give_key(dialog)
        done(qtbot, dialog)
        dialog.reject()
        (written,) = tmp_path.glob(f"*-{number}.trust")
        taken = take_bundle(written.read_bytes(), None, datetime.now(UTC), root=fingerprint(root.certificate))
        assert taken.number == number
    assert [one.name for one in office.register.held(Dispatch)] == [p.name for p in sorted(tmp_path.glob("*.trust"))]


def test_a_new_list_is_made_when_the_old_one_is_due(
    qtbot: QtBot, window: Window, office: Office, tmp_path: Path
) -> None:
    past = NOW - timedelta(days=390)
    authority = create_authority("Old Root", "Group", past)
    quick_p12(tmp_path / "old.p12", authority, PASSPHRASE)
    office.act(founding(office.register, authority, past))
    page = page_of(window)
    assert "A new list of revoked certificates is due: Old Root" in words(page)
    page.acts.make_list()
    dialog = dialog_of(window, ListDialog)
    assert isinstance(dialog, ListDialog)
    dialog.key.file.set_path(tmp_path / "old.p12")
    QTest.keyClicks(dialog.key.secret, PASSPHRASE)
    done(qtbot, dialog)
    assert "is due" not in words(page)


def test_a_wrong_passphrase_is_said_and_changes_nothing(
    qtbot: QtBot, window: Window, office: Office, root: Identity
) -> None:
    before = office.file.entries
    page_of(window).acts.make_list()
    dialog = dialog_of(window, ListDialog)
    assert isinstance(dialog, ListDialog)
    dialog.key.file.set_path(keys().authority_key)
    QTest.keyClicks(dialog.key.secret, "wrong words")
    QTest.mouseClick(dialog.go, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "passphrase" in words(dialog).lower() and dialog.go.isEnabled(), timeout=LONG)
    assert office.file.entries == before and dialog.isVisible()


# ---------------------------------------------------------------------- authorities of others


def test_an_authority_is_distrusted_with_a_reason_and_trusted_again(
    qtbot: QtBot, window: Window, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.believe([keys().stranger])
    one = office.register.held(Authority)[0]
    window.go("trust", one.id)
    window.show_inspector(True)
    monkeypatch.setattr("gui.trust.acts.ask_reason", lambda *_a: "It issued to a stranger")
    press(window, "Distrust…")
    assert office.trust is None
    window.show_inspector(True)
    assert "It issued to a stranger" in words(window.inspector)
    press(window, "Trust again")
    assert office.trust is not None
    (held,) = office.register.held(Authority)
    assert not held.distrusted


def test_certificates_of_a_company_authority_are_named(
    qtbot: QtBot, window: Window, office: Office, tmp_path: Path
) -> None:
    authority = load_p12(keys().authority_key, PASSPHRASE)
    office.act(believing(office.register, keys().authority.read_bytes(), NOW, source="office.pem"))
    auditor = load_p12(keys().auditor, PASSPHRASE).certificate
    from core.signing import make_crl, save_certificate

    crl = make_crl(authority, [], NOW)
    from cryptography.hazmat.primitives.serialization import Encoding

    office.act(believing(office.register, crl.public_bytes(Encoding.PEM), NOW, source="office.crl"))
    save_certificate(tmp_path / "li.pem", auditor)
    page = page_of(window)
    assert page.acts.trusts_others and not page.acts.has_root
    page.acts.name_certificate()
    dialog = dialog_of(window, NamingDialog)
    assert isinstance(dialog, NamingDialog)
    dialog.certificate.set_path(tmp_path / "li.pem")
    assert dialog.proof.digits.text() == fingerprint(auditor)
    dialog.proof.compared.setChecked(True)
    done(qtbot, dialog)
    (one,) = office.register.held(Certificate)
    assert one.role == "Auditor"
    named = trust_of(office.register, datetime.now(UTC)).named
    assert [each.fingerprint for each in named] == [one.id]


# ---------------------------------------------------------------------- who acts, reading and operating


def test_who_acts_is_asked_before_the_first_act(
    qtbot: QtBot, office: Office, root: Identity, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = Settings(tmp_path / "nobody.ini")
    window = Window(office, settings, discover("office"), empty=True)
    qtbot.addWidget(window)
    window.show()
    window.go("trust")
    monkeypatch.setattr("gui.office.naming.NameDialog.exec", lambda _self: 0)
    page_of(window).acts.make_list()
    assert not [one for one in page_of(window).findChildren(ListDialog) if one.isVisible()]

    def says(dialog: Asking) -> int:
        dialog.name.setText("Zhao Min")  # type: ignore[attr-defined]
        with qtbot.waitSignal(dialog.done_well, timeout=LONG):
            dialog.go.click()
        return 1

    monkeypatch.setattr("gui.office.naming.NameDialog.exec", says)
    page_of(window).acts.make_list()
    assert (settings.person, office.person) == ("Zhao Min", "Zhao Min")
    assert dialog_of(window, ListDialog).isVisible()
    acting = window.topbar.acting
    assert acting is not None and acting.text() == "Acting as Zhao Min"


def test_the_inspector_is_about_the_table_with_the_keyboard(
    qtbot: QtBot, window: Window, office: Office, root: Identity
) -> None:
    enrolled(office, root)
    page = page_of(window)
    for table in (page.authorities, page.certificates):
        table.view.go(0, 0)
    window.activateWindow()
    page.certificates.view.setFocus()
    qtbot.waitUntil(page.certificates.view.hasFocus)
    window.show_inspector(True)
    assert "li@example.com" in words(window.inspector)
    page.authorities.view.setFocus()
    qtbot.waitUntil(lambda: "Own root" in words(window.inspector))


@pytest.mark.parametrize("long", [False, True])
def test_full_it_can_be_read_and_operated(
    qtbot: QtBot, office: Office, root: Identity, settings: Settings, monkeypatch: pytest.MonkeyPatch, long: bool
) -> None:
    one, _identity = enrolled(office, root, months=1)

    def look() -> None:
        window = Window(office, settings, discover("office"), empty=True)
        qtbot.addWidget(window)
        window.resize(1920 if long else 1280, 1080 if long else 800)
        window.show()
        window.go("trust", one.id)
        window.show_inspector(True)
        qtbot.wait(50)
        for part in (page_of(window), window.inspector):
            assert nameless(part) == []
            assert out_of_order(part) == []
            assert clipped(part) == []
            assert long or beyond(part) == []

    if long:
        with stretched(monkeypatch):
            look()
    else:
        look()


@pytest.mark.parametrize("long", [False, True])
def test_the_dialogs_can_be_read_and_operated(
    qtbot: QtBot, office: Office, root: Identity, settings: Settings, monkeypatch: pytest.MonkeyPatch, long: bool
) -> None:
    one, _identity = enrolled(office, root)

    def look() -> None:
        for dialog in (
            RootDialog(office, settings),
            IssueDialog(office, settings),
            RenewDialog(office, settings),
            NamingDialog(office),
            RevokeDialog(office, settings, one, True),
            ListDialog(office, settings),
            BundleDialog(office, settings),
            RenewalDialog(office.path.parent, settings),
            ReasonDialog("Distrust", "Why", "Distrust", None),
        ):
            qtbot.addWidget(dialog)
            dialog.show()
            if isinstance(dialog, IssueDialog | NamingDialog):
                dialog.sites.tick()
            qtbot.wait(10)
            assert isinstance(dialog, QDialog)
            assert nameless(dialog) == []
            assert long or out_of_order(dialog) == []  # what is scrolled out of sight lies below the buttons
            assert clipped(dialog) == []

    if long:
        with stretched(monkeypatch):
            look()
    else:
        look()


def test_another_program_holds_the_file(qtbot: QtBot, office: Office, root: Identity, settings: Settings) -> None:
    second = Office(GroupFile.open(office.path), "Wang Wei", 2023)
    try:
        assert not second.writable and second.trust is not None
        window = Window(second, settings, discover("office"), empty=True)
        qtbot.addWidget(window)
        window.show()
        window.go("trust")
        page = page_of(window)
        page.acts.issue()
        assert not [one for one in page.findChildren(IssueDialog) if one.isVisible()]
        held_back = [b for b in page.findChildren(QPushButton) if b.isVisible() and not b.isEnabled()]
        assert held_back and all("Another program holds this file" in b.toolTip() for b in held_back)
    finally:
        second.close()


def test_rows_say_how_things_stand_at_a_moment(office: Office, root: Identity, qapp: QApplication) -> None:
    one, _identity = enrolled(office, root, months=6)
    authority = office.register.held(Authority)[0]

    def states(days: int) -> tuple[str, str]:
        when = NOW + timedelta(days=days)
        row: CertificateRow = certificate_row(one, {authority.id: authority.name}, when)
        above: AuthorityRow = authority_row(authority, when)
        return row.state, above.state

    assert states(1) == ("valid", "trusted")
    assert states(150) == ("soon", "trusted")
    assert states(200) == ("ended", "trusted")
    assert states(15 * 365 - 30) == ("ended", "soon")
    assert states(15 * 366) == ("ended", "ended")
    assert authority_row(authority, NOW + timedelta(days=399)).late is False
    assert authority_row(authority, NOW + timedelta(days=402)).late is True
