"""Two rules for import-linter that it does not bring along, and the command that checks all of them.

The rules themselves are in ``pyproject.toml`` under ``tool.importlinter``.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import ClassVar

from grimp import ImportGraph
from importlinter import Contract, ContractCheck, fields, output
from importlinter.cli import lint_imports_command


class _DirectImports(Contract):
    """A rule that every single import keeps or breaks, also one inside a function."""

    type_name: ClassVar[str]

    def breaches(self, graph: ImportGraph) -> Iterator[tuple[str, str]]:
        """Who imports whom against the rule."""
        raise NotImplementedError

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:
        found = sorted(self.breaches(graph))
        lines = [(*pair, _line_numbers(graph, *pair)) for pair in found]
        return ContractCheck(kept=not found, metadata={"breaches": lines})

    def render_broken_contract(self, check: ContractCheck) -> None:
        for importer, imported, numbers in check.metadata["breaches"]:
            output.print_error(f"{importer} imports {imported} (l.{numbers})", bold=False)


class Siblings(_DirectImports):
    """The drop-in files of a folder do not know each other; modules that start with ``_`` are what they share.

    Options: ``folders``. A folder that does not exist yet is no breach.
    """

    type_name = "siblings"
    folders = fields.ListField(subfield=fields.StringField())

    def breaches(self, graph: ImportGraph) -> Iterator[tuple[str, str]]:
        for folder in self.folders:  # type: ignore[attr-defined]
            for importer in graph.modules:
                own = drop_in(importer, folder)
                if own is None:
                    continue
                for imported in graph.find_modules_directly_imported_by(importer):
                    if drop_in(imported, folder) not in (None, own):
                        yield importer, imported


class OnlyUser(_DirectImports):
    """A third-party package is used in one room only.

    Options: ``users``, a list of ``package -> room, room``.
    """

    type_name = "only_user"
    users = fields.ListField(subfield=fields.StringField())

    def breaches(self, graph: ImportGraph) -> Iterator[tuple[str, str]]:
        for user in self.users:  # type: ignore[attr-defined]
            package, _, rooms = user.partition("->")
            package, allowed = package.strip(), [room.strip() for room in rooms.split(",")]
            if package not in graph.modules:
                continue
            for importer in graph.find_modules_that_directly_import(package):
                if not any(_is_within(importer, room) for room in allowed):
                    yield importer, package


def drop_in(module: str, folder: str) -> str | None:
    """Which drop-in of the folder a module belongs to; None for what is outside or shared."""
    if not module.startswith(f"{folder}."):
        return None
    name = module[len(folder) + 1 :].partition(".")[0]
    return None if name.startswith("_") else name


def _is_within(module: str, room: str) -> bool:
    return module == room or module.startswith(f"{room}.")


def _line_numbers(graph: ImportGraph, importer: str, imported: str) -> str:
    details = graph.get_import_details(importer=importer, imported=imported)
    return ", ".join(str(detail["line_number"]) for detail in details)


if __name__ == "__main__":
    sys.argv[0] = "lint-imports"
    lint_imports_command()
