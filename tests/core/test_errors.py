"""What the person is told reads as one text in either language."""

from __future__ import annotations

import ast
from pathlib import Path

from core.errors import UserError
from core.i18n import T

ROOT = Path(__file__).resolve().parents[2]


def test_message_and_remedy_stand_as_the_language_writes_them() -> None:
    error = UserError(T("Nothing changes."), T("Change something, or leave it."))
    assert error.text("en") == "Nothing changes. Change something, or leave it."
    told = error.text("zh")
    assert "。" in told and " " not in told, "a full-width stop brings its own space"
    assert UserError(T("Nothing changes.")).text("en") == "Nothing changes."


TOLD = ("UserError", "RefusedError")
ADVICE = {
    "Say what to do: authority, request, issue, take, renew, trust, store or tokens.",
    "Say what to do: list, show, add, retire, remove, import or export.",
    "Give either two years with --years, or one with --year.",
    "Please fill this in.",
    "Enter the total, its days and where it stands.",
    "Choose a method.",
    "A size is a whole number from 1 on.",
    "Nothing was copied. Copy the rows with their headings first.",
}
"""Sentences that are themselves what to do."""
HANDED_ON = {
    "gui/solar/weather.py:verbatim(why)": "what a job was told, remedy included",
    "core/cli/update.py:judged[0].reason": "each reason says what to do",
    "core/handover/updates.py:one.reason": "each reason says what to do",
}
"""Messages that were made elsewhere."""


def test_every_error_of_a_person_says_what_to_do() -> None:
    silent = []
    for path in sorted(one for room in ("core", "gui") for one in (ROOT / room).rglob("*.py")):
        text = path.read_text("utf-8")
        tree = ast.parse(text if any(f"{name}(" in text for name in TOLD) else "")
        for call in (one for one in ast.walk(tree) if isinstance(one, ast.Call)):
            named = call.func.id if isinstance(call.func, ast.Name) else ""
            if named in TOLD and len(call.args) == 1 and not call.keywords:
                (what,) = call.args
                inside = what.args[0] if isinstance(what, ast.Call) and what.args else what
                sentence = inside.value if isinstance(inside, ast.Constant) else ""
                place = f"{path.relative_to(ROOT).as_posix()}:{ast.unparse(what)}"
                if not isinstance(what, ast.Starred) and sentence not in ADVICE and place not in HANDED_ON:
                    silent.append(f"{place} (line {call.lineno})")
    assert not silent, "These say nothing of what to do:\n" + "\n".join(silent)
