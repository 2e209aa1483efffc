"""What an import would do, before anybody says yes."""

from __future__ import annotations

from dataclasses import dataclass, field

from core.exchange.columns import column_name
from core.i18n import T, Text, verbatim
from core.ledger import Activity, Evidence


@dataclass(frozen=True, slots=True)
class Remark:
    """Something to look at in a row that can be imported all the same."""

    row: int
    """As a spreadsheet program numbers it."""
    column: str
    """Key of the column; empty: the row as a whole."""
    reason: Text
    remedy: Text

    @property
    def message(self) -> Text:
        """Row, column, reason and remedy in one."""
        if not self.column:
            return T("Row {row}: {reason} {remedy}", row=self.row, reason=self.reason, remedy=self.remedy)
        return T(
            "Row {row}, {column}: {reason} {remedy}",
            row=self.row,
            column=column_name(self.column),
            reason=self.reason,
            remedy=self.remedy,
        )


@dataclass(frozen=True, slots=True)
class Refusal(Remark):
    """Why a row cannot be imported."""


@dataclass(frozen=True, slots=True)
class Ready:
    """A row that can be imported and the record it becomes."""

    row: int
    activity: Activity


@dataclass(frozen=True, slots=True)
class Mapped:
    """A column that was recognised."""

    key: str
    heading: str
    """As it stands in the file."""
    letter: str
    """As a spreadsheet program names the column."""


@dataclass(frozen=True, slots=True)
class Preview:
    """A file as the plant would take it up."""

    name: str
    """File name as received."""
    sheet: str
    """The sheet that was read; empty for a csv."""
    columns: tuple[Mapped, ...]
    unknown: tuple[str, ...]
    """Headings whose columns are not read."""
    ready: tuple[Ready, ...]
    """The rows that can be imported; :func:`change_of` gives them their final ids."""
    refused: tuple[Refusal, ...]
    """Every reason; a row may have several."""
    remarks: tuple[Remark, ...]
    already: Evidence | None
    """The earlier import of the very same file."""
    sha256: str
    media_type: str
    data: bytes = field(repr=False)
    """The file itself, to be kept as a blob."""

    @property
    def refused_rows(self) -> int:
        return len({refusal.row for refusal in self.refused})

    @property
    def summary(self) -> Text:
        """One sentence for the head of a dialog."""
        return T(
            "“{name}”: {ready} rows can be imported, {refused} are refused.",
            name=verbatim(self.name),
            ready=len(self.ready),
            refused=self.refused_rows,
        )
