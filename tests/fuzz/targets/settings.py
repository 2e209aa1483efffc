"""What the program remembers about a person: an ini file that a person, a stick or a crash may have spoilt."""

from __future__ import annotations

from collections.abc import Iterable

from gui.settings import Settings
from tests.fuzz.files import on_disk
from tests.fuzz.target import Target


def settings(data: bytes) -> None:
    """Whatever stands in it, each setting has a value of its type; and it can be written again."""
    with on_disk(data, "settings.ini") as path:
        held = Settings(path)
        for name, one in vars(Settings).items():
            if isinstance(one, property):
                getattr(held, name)
        assert all(isinstance(key, str) for key in held.hidden_columns("activity"))
        assert all(isinstance(width, int) for width in held.column_widths("activity").values())
        held.watched_folder(path)
        assert held.language in ("system", "zh", "en")
        assert held.lock_minutes >= 0
        held.language = "zh"
        held.opened(path)
        held.sync()
        assert Settings(path).language == "zh"


def _files() -> Iterable[bytes]:
    lines = (
        "[window]", "language=zh", "theme=dark", "lock_minutes=5", r"geometry=@ByteArray(\x1\xd9\xd0)",
        r'used_commands="[\"Save\"]"', "[person]", "name=Li Na", "signs_with=token", "[files]",
        r'recent="[\"/a/b.plant\"]"', "[products]", r'declared="{\"a\": \"b\"}"', "[office]", r'watched="{}"',
        "[tables]", r'activity\hidden="[\"note\"]"', r'activity\widths="{\"note\": 120}"',
    )  # fmt: skip
    yield "\n".join(lines).encode()


WORDS = (
    "@Variant(",
    "@Invalid()",
    "@ByteArray(",
    "@Size(",
    "@Rect(",
    "\\x0",
    '\\"',
    "null",
    "{}",
    "[1]",
    "1e999",
    "%U0000",
)
TARGETS = (Target("settings", settings, _files, longest=4_000, runs=200, words=WORDS),)
