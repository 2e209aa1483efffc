"""Keys of head office for the commands that sign."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from core.cli import main
from core.signing import Identity, create_authority, create_request, issue, save_certificate
from tests.carried import quick_p12

WORD = "a long passphrase"


@dataclass(frozen=True)
class Keys:
    """A folder with ``ca.pem``, ``auditor.p12``, ``manager.p12`` and the passphrase."""

    folder: Path

    @property
    def trust(self) -> tuple[str, Path]:
        return "--trust", self.folder / "ca.pem"

    def sign(self, who: str) -> tuple[str | Path, ...]:
        """The options that name a key."""
        return "--sign", self.folder / f"{who}.p12", "--passphrase-file", self.folder / "word"


def keys_in(folder: Path) -> Keys:
    """Made now, for the commands look at the clock."""
    folder.mkdir()
    then = datetime.now(UTC).replace(microsecond=0) - timedelta(days=1)
    root = create_authority("Test Head Office", "Test Group", then)
    save_certificate(folder / "ca.pem", root.certificate)
    for who, name, role in (("auditor", "Li Na", "auditor"), ("manager", "Wang Fang", "plant-manager")):
        key, asked = create_request(name, f"{who}@example.org", "Test Group", role)
        quick_p12(folder / f"{who}.p12", Identity(issue(root, asked, role=role, sites=(), when=then), key), WORD)
    (folder / "word").write_text(WORD, encoding="utf-8")
    return Keys(folder)


def run(*words: object) -> int:
    """A command, in English."""
    return main(["--ui-lang", "en", *map(str, words)])
