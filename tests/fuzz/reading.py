"""Which functions of the core are given bytes or files; each is fed by a target, or it is said here why not."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

CORE = Path(__file__).resolve().parent.parent.parent / "core"
_GIVEN = {"bytes", "Path"}
_ELSEWHERE = ("core.cli", "core.running", "core.disk")
"""They hand on what they are given, read what this program itself left behind, and write."""
_WRITING = (
    "write",
    "save",
    "sign",
    "seal",
    "create",
    "make",
    "cannot",
    "copy",
    "keep",
    "export",
    "protect",
    "append",
    "clear",
)
"""Beginnings of names of functions that make something; the path is where it goes."""
NOT_FED: dict[str, tuple[str, ...]] = {
    "a path that is a course of years": (
        "core.actions.ahead:on_path",
        "core.targets.forecast:assumed",
        "core.targets.forecast:forecast_of",
        "core.targets.scenarios:compare",
        "core.targets.simulation:simulate",
    ),
    "nothing of the contents is looked at": (
        "core.exchange.proofs:load_proof",
        "core.handover.mailing:name_for",
        "core.store.database:alone",
        "core.store.lending:again",
        "core.store.protecting:kind_of_file",
        "core.store.protecting:plain_beside",
        "core.store.cipher:Key.of",
        "core.store.cipher:opens",
        "core.store.unlocking:is_locked",
        "core.store.unlocking:unlock",
    ),
    "where something goes, or what this program has just made": (
        "core.group.out.report:approve",
        "core.group.out.sending:dispatching",
        "core.group.inbox.kept:package_bytes",
        "core.handover.closing:restate_year",
        "core.handover.issue:prepare",
        "core.handover.mailing:send",
        "core.signing.longterm:extend",
        "core.signing.longterm:preserve",
        "core.store.group_file:GroupFile.file",
        "core.store.publishing:finish",
        "core.store.publishing:publish",
    ),
    "the same as a target, in a process of its own": (
        "core.group.inbox.filing:examine",
        "core.group.inbox.filing:examine_data",
        "core.handover.countersign:countersign",
        "core.handover.receive:proof_inside",
    ),
    "pages are drawn again and compared only below a good signature": (
        "core.report.rebuild:compare",
        "core.report.rebuild:same_objects",
        "core.report:compare",
        "core.report.group:compare",
    ),
    "an installer that this program has just made is looked at": ("core.handover.updates:installer_row",),
    "several files of a target": ("core.handover.updates:trusted",),
    "libraries of cards and sticks": (
        "core.signing.token_access:opened_library",
        "core.signing.tokens:plugged_tokens",
        "core.signing.tokens:store_token_certificate",
        "core.signing.tokens:token_certificates",
        "core.signing.tokens:token_identity",
    ),
}
"""Functions that are given bytes or a path and need no target, by the reason."""


def given_bytes() -> Iterator[str]:
    """Public functions and methods with an argument that is bytes or a path, ``module:name``."""
    for path in sorted(CORE.rglob("*.py")):
        module = ".".join(("core", *path.relative_to(CORE).with_suffix("").parts)).removesuffix(".__init__")
        text = path.read_text("utf-8")
        if not module.startswith(_ELSEWHERE) and any(word in text for word in _GIVEN):
            for name, function in _functions(ast.parse(text).body):
                if any(map(_is_given, _arguments(function))) and not _makes(name, function):
                    yield f"{module}:{name}"


def _functions(body: list[ast.stmt], inside: str = "") -> Iterator[tuple[str, ast.FunctionDef]]:
    for one in body:
        if isinstance(one, ast.ClassDef) and not one.name.startswith("_"):
            yield from _functions(one.body, f"{one.name}.")
        elif isinstance(one, ast.FunctionDef) and not one.name.startswith("_"):
            yield f"{inside}{one.name}", one


def _makes(name: str, function: ast.FunctionDef) -> bool:
    """Something that is written, or the error about a file."""
    answer = "" if function.returns is None else ast.unparse(function.returns)
    return name.rpartition(".")[2].startswith(_WRITING) or answer == "UserError"


def _arguments(function: ast.FunctionDef) -> list[ast.arg]:
    named = function.args
    return [*named.posonlyargs, *named.args, *named.kwonlyargs]


def _is_given(argument: ast.arg) -> bool:
    if argument.annotation is None:
        return False
    return not _GIVEN.isdisjoint(part.strip() for part in ast.unparse(argument.annotation).split("|"))
