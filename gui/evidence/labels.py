"""A kept file in words: its name, what it is, how large, and the beginning of its hash."""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtWidgets import QLabel

from core.i18n import show_number
from core.inventory.evidence import CLASS_NAMES
from core.ledger import Evidence
from gui.language import _
from gui.widgets import label


def proof_labels(file: Evidence) -> tuple[QLabel, QLabel]:
    """Two lines; the whole hash is in the tooltip."""
    size = show_number(Decimal(file.size) / 1024, 1)
    words = _("{kind}, {size} kB, SHA-256 {digest}…", kind=CLASS_NAMES.get(file.kind, CLASS_NAMES["other"]),
              size=size, digest=file.sha256[:12])  # fmt: skip
    digest = label(words, "muted", size=0.92, wrap=True)
    digest.setToolTip(file.sha256)
    return label(file.name, wrap=True), digest
