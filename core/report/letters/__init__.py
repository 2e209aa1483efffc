"""Letters of an audit as PDF: sheets to fill in and sign, lists, a covering letter. They carry no data and no seal.

ReportLab is loaded by the first letter and not by importing this package.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from core.errors import UserError
from core.i18n import T, Text

if TYPE_CHECKING:
    from core.inventory import Inventory
    from core.ledger import Ledger

SHEETS, LIST, LETTER = "sheets", "list", "letter"
KINDS: Mapping[str, Text] = {
    LETTER: T("Letter to the plant"),
    LIST: T("List of findings"),
    SHEETS: T("Finding sheets"),
}
"""What can be written, in the order in which it is sent."""
LANGUAGES = ("zh", "en", "both")


def finding_letters(
    kind: str,
    ledger: Ledger,
    inventory: Inventory,
    year: int,
    *,
    language: str,
    when: datetime,
    only: Collection[str] = (),
) -> bytes:
    """A letter about the findings of a year.

    Parameters
    ----------
    kind
        a key of :data:`KINDS`.
    ledger, inventory
        as they are now.
    year
        that is audited.
    language
        ``zh``, ``en`` or ``both``; sheets and lists in both languages have both on one page.
    when
        the moment that stands in the letter and in the file; the same moment gives the same bytes.
    only
        ids of the findings; empty: all that were not withdrawn.

    Raises
    ------
    UserError
        when nobody audits the year, there are no findings, or a text has characters that the fonts lack.
    """
    from core.report.letters.writing import write_letter

    if language not in LANGUAGES or kind not in KINDS:
        raise UserError(T("There is no such letter."), T("Choose one of: {known}.", known=[*KINDS, *LANGUAGES]))
    return write_letter(kind, ledger, inventory, year, language, when, only)
