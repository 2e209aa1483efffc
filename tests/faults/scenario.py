"""One kind of work that is disturbed, and what must be there afterwards. One file each in ``scenarios``."""

from __future__ import annotations

import json
from collections.abc import Callable, Generator, Sequence
from contextlib import redirect_stdout, suppress
from dataclasses import dataclass
from importlib import import_module
from io import StringIO
from pathlib import Path
from pkgutil import iter_modules
from types import ModuleType
from typing import TypeVar

from core.errors import UserError
from core.store.trouble import UncertainError, UnsettledError, of_the_disk

Answer = TypeVar("Answer")
told: list[UserError] = []
"""What people were told in this process while they worked."""
_relieved: list[Callable[[], None]] = []


@dataclass(frozen=True, slots=True)
class Scenario:
    """Work on the files of one folder, whose every step either happens or does not."""

    prepare: Callable[[Path], None]
    """Put into an empty folder what is there before; done once."""
    work: Callable[[Path], Generator[None]]
    """The work, as a person does it: yields whenever something was confirmed to the person. Done again after a fault it
    goes on or begins anew, whatever it finds."""
    state: Callable[[Path], object]
    """What a person finds in the folder, as plain values; the same after the same steps. Raises when anything is
    damaged. Opens files as the program does."""
    weight: float = 1.0
    """Share of the kills, against other scenarios."""
    strays: Sequence[str] = ()
    """Patterns of files that may be left behind beside those of an undisturbed run."""


def scenarios() -> dict[str, Scenario]:
    """All of them by the name of their file."""
    package = import_module("tests.faults.scenarios")
    names = sorted(name for _, name, _ in iter_modules(package.__path__))
    return {name: import_module(f"{package.__name__}.{name}").SCENARIO for name in names}


class Refused(Exception):
    """A command that should have succeeded said no."""


def insist(step: Callable[[], object]) -> None:
    """Do something; when the person is told that it cannot be, see to the reason and do it once more."""
    try:
        step()
    except UncertainError as error:  # then the person looks, and what is there already is refused
        _hear(error)
        with suppress(Refused):
            step()
    except UserError as error:
        _hear(error)
        if not isinstance(error, UnsettledError):  # else it was said that what was asked for is done
            step()


def opening(step: Callable[[], Answer]) -> Answer:
    """The same of what gives something to work with."""
    try:
        return step()
    except UserError as error:
        _hear(error)
        return step()


def _hear(error: UserError) -> None:
    told.append(error)
    for relieve in _relieved:
        relieve()


def relieved_by(relieve: Callable[[], None]) -> None:
    """What ends the trouble once a person was told of it."""
    _relieved.append(relieve)


def plain(value: object) -> str:
    """A state in a form that can be compared."""
    return json.dumps(value, sort_keys=True, ensure_ascii=False, default=str)


def instead(module: ModuleType, name: str, value: object) -> None:
    """From now on a module uses something else in the place of what takes long, or of what cannot be forked."""
    assert hasattr(module, name)
    setattr(module, name, value)


def command(*words: str | Path) -> None:
    """Type a command that must succeed; what the program tells the person is raised."""
    from core.cli import build_parser

    arguments = build_parser("en", str(words[0])).parse_args([str(word) for word in words])
    arguments.lang_ui = "en"
    try:
        with redirect_stdout(StringIO()):
            code = arguments.run(arguments)
    except Exception as error:  # as for every command
        if (told := of_the_disk(error)) is None:
            raise
        raise told from error
    if code != 0:
        raise Refused(f"{words[0]} answered {code}")
