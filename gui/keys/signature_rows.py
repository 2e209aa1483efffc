"""What is known of one signature, for everybody who shows it: who, as whom, when, and whether that holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from core.signing.layout import ROLE_NAMES
from gui.language import _, language, say
from gui.widgets import label, marked

if TYPE_CHECKING:
    from core.signing import SignatureReport


def signature_rows(signature: SignatureReport, *, last: bool = True) -> list[QWidget]:
    """Who signed as whom, when, whether that holds, and what was changed afterwards."""
    when = f"{signature.signed_at:%Y-%m-%d %H:%M} UTC"
    rows: list[QWidget] = [
        label(
            _(
                "{role}: {name}, {organisation}",
                role=_role(signature.field),
                name=signature.signer,
                organisation=signature.organisation,
            ),
            wrap=True,
        ),
        label(_("Issued by {issuer}; signed {when}", issuer=signature.issuer, when=when), "muted", wrap=True),
        checked(signature.trusted, _("Trusted"), _("Not trusted")),
        checked(signature.intact, _("Intact: not a byte was changed"), _("Not intact")),
        _afterwards(signature, last=last),
    ]
    if signature.proven_at is not None:
        moment = f"{signature.proven_at:%Y-%m-%d %H:%M} UTC"
        words = _("Time stamp of {who}: signed before {when}", who=signature.stamped_by, when=moment)
        rows.append(marked("check", "good", words))
    if not signature.revocation_checked:
        rows.append(marked("warning", "warning", _("No list of revoked certificates was at hand")))
    rows += [marked("error", "bad", say(problem)) for problem in signature.problems]
    return rows


def _afterwards(signature: SignatureReport, *, last: bool) -> QWidget:
    """What was changed after this signature."""
    if signature.covers_whole_file and not signature.intact:
        return marked("info", "muted", _("Nothing was added after it"))
    if signature.covers_whole_file:
        return marked("check", "good", _("Covers the whole file: nothing was changed after it"))
    if not last and not signature.problems:
        return marked("check", "good", _("Changed after it: only the next signature was added"))
    return marked("error", "bad", _("Does not cover the whole file: something was changed after it"))


def _role(field: str) -> str:
    return ROLE_NAMES[field].in_language(language()) if field in ROLE_NAMES else field


def checked(good: bool, yes: str, no: str) -> QWidget:
    """A tick or a cross with its words."""
    return marked("check", "good", yes) if good else marked("error", "bad", no)
