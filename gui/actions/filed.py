"""Records with the files that prove them: minutes of a decision, an acceptance, an invoice, a photo."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

from core.entering.keeping import keeping
from core.exchange.keeping import KeptFiles
from core.exchange.proofs import Attachment
from core.inventory.judging import Decision
from core.ledger import Evidence
from core.ledger.records import Record
from gui.entering.files_part import FilesPart
from gui.evidence.keeping import Keeper
from gui.language import _
from gui.session import Session
from gui.undoing import tell_change

MINUTES = "minutes"
"""Kind of the files of a decision."""


class FiledPart(FilesPart):
    """Records of a plan, whose files are kept by the plant's own keeper."""

    def attach_words(self) -> str:
        return _("Attach minutes…") if self.kind == "resolution" else super().attach_words()

    def take_files(self, paths: Sequence[Path]) -> None:
        """Keep files and let the current record name them, as one change."""
        record = self.table.current_record()
        if record is None or not self.session.writable:
            return
        kind = MINUTES if self.kind == "resolution" else ""
        session = cast("Session", self.session)

        def act(kept: KeptFiles) -> Decision:
            ids = tuple(dict.fromkeys((*cast("Any", record).evidence, *kept.ids)))
            return keeping(kept.ledger, self.forms, cast("Record", replace(cast("Any", record), evidence=ids)))

        def done(made: Attachment, changed: bool) -> None:
            tell_change(self.page, session, made.why, changed=changed)

        Keeper(self.page, session).take_naming(paths, act, done, kind)


def evidence_names(session: Session, ids: Sequence[str]) -> list[str]:
    """File names of what is kept."""
    held = [session.ledger.get("evidence", one) for one in ids]
    return [one.name for one in held if isinstance(one, Evidence)]
