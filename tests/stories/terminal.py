"""The command line as somebody types into it."""

from __future__ import annotations

import json
from contextlib import redirect_stderr, redirect_stdout
from io import StringIO
from typing import Any

from core.cli import main


class Terminal:
    """Types commands in one language; each must end with the code that is expected of it."""

    def __init__(self, lang: str) -> None:
        self.lang = lang

    def __call__(self, *words: object, code: int = 0) -> str:
        """What a command prints."""
        return self._types(words, code)[0]

    def data(self, *words: object, code: int = 0) -> Any:
        """What a command tells another program."""
        return json.loads(self(*words, "--json", code=code))

    def refused(self, *words: object, code: int = 1) -> str:
        """Why a command does nothing: 1, it may not; 2, it cannot."""
        said, why = self._types(words, code)
        assert why or said, "a refusal says why"
        return why or said

    def _types(self, words: tuple[object, ...], code: int) -> tuple[str, str]:
        streams = redirect_stdout(StringIO()), redirect_stderr(StringIO())
        with streams[0] as out, streams[1] as err:
            answer = main(["--ui-lang", self.lang, *(str(word) for word in words)])
        assert answer == code, (answer, words, out.getvalue(), err.getvalue())
        return out.getvalue(), err.getvalue()
