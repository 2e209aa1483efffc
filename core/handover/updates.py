"""Notices that a newer version of the program is there: signed files of head office, never a question to the network.

An update notice is a file for plants of the kind ``update``, see :mod:`core.handover.notices`; but it is for the
program and not for a plant file. Whoever is trusted to send files to plants is trusted to say it: the head office
whose trust file was taken up, and whoever made this program, if its certificate came along.
"""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from importlib.resources import files
from pathlib import Path

from core import VERSION
from core.blob import looked_at
from core.disk import read_within
from core.errors import UserError
from core.handover.notice_rows import version_number
from core.handover.notices import ENDINGS, LARGEST, UPDATE, Notice, SignedNotice, verify_notice
from core.i18n import Name, T, Text, verbatim
from core.signing import Trust, load_trust

ENDING = ENDINGS[UPDATE]
MAKER = "maker"
"""Folder of the resources with certificates of whoever hands out this build; it is not there in the sources."""


@dataclass(frozen=True, slots=True)
class Update:
    """What a notice says."""

    version: str
    released: date
    news: tuple[Name, ...]
    where: Name
    """In words; the program opens no address."""
    installers: tuple[tuple[str, str], ...]
    """File names with their SHA-256."""
    group: str
    signer: str = ""
    note: str = ""

    @property
    def is_newer(self) -> bool:
        """Than the program that runs."""
        return version_number(self.version) > version_number(VERSION)


@dataclass(frozen=True, slots=True)
class Judged:
    """A file that may be an update notice."""

    path: Path
    reason: Text
    """Why it does not count, or that everything is in order."""
    update: Update | None = None
    """None when it is refused."""


def update_of(notice: Notice, signer: str = "") -> Update:
    """What the rows of a checked notice say."""
    said: dict[str, list[str]] = {}
    for row in notice.rows:
        said.setdefault(row["what"], []).append(row["words"].strip())
    longest = max(len(said["en"]), len(said["zh"]))
    english, chinese = (said[lang] + [""] * (longest - len(said[lang])) for lang in ("en", "zh"))
    where_en, where_zh = said["where_en"], said["where_zh"]
    return Update(
        version=said["version"][0],
        released=date.fromisoformat(said["released"][0]),
        news=tuple(Name(en, zh) for en, zh in zip(english, chinese, strict=True)),
        where=Name(" ".join(where_en), "".join(where_zh)),
        installers=tuple((row["words"].strip(), row["sha256"]) for row in notice.rows if row["what"] == "installer"),
        group=notice.group,
        signer=signer,
        note=notice.note,
    )


def judge_update(path: Path, trusts: Sequence[Trust], when: datetime) -> Judged:
    """Whether a file is an update notice of somebody who is trusted, for a version newer than this one.

    Nothing but a :class:`Judged` comes out of it, whatever the file is. ``when`` is now.
    """
    try:
        data = read_within(path, LARGEST)
    except UserError as error:
        return Judged(path, error.message)
    if not trusts:
        return Judged(path, T("No trust file of head office was taken up, so nobody is believed."))
    found: SignedNotice | None = None
    for trust in trusts:
        found = verify_notice(data, trust, when)
        if found.notice is not None:
            break
    assert found is not None
    if found.notice is None:
        return Judged(path, found.reason)
    if found.notice.kind != UPDATE:
        return Judged(path, T("This is no update notice."))
    update = update_of(found.notice, found.signer)
    if not update.is_newer:
        told = T("It tells of version {version}; this program is {own} already.", version=update.version, own=VERSION)
        return Judged(path, told)
    return Judged(path, found.reason, update)


def judge_updates(paths: Iterable[Path], trusts: Sequence[Trust], when: datetime) -> tuple[Judged, ...]:
    """Several files: those that count first, the newest version in front."""
    judged = [judge_update(path, trusts, when) for path in paths]
    good = [one for one in judged if one.update is not None]
    good.sort(key=lambda one: version_number(one.update.version) if one.update else (), reverse=True)
    return (*good, *(one for one in judged if one.update is None))


def take_up(one: Judged, folder: Path) -> Path:
    """Keep a notice that counts, so that the next start knows of it too.

    Raises
    ------
    UserError
        when it does not count, or cannot be read or written.
    """
    from core.disk import write_safely

    if one.update is None:
        raise UserError(one.reason)
    data = read_within(one.path, LARGEST)
    place = folder / f"{one.update.version}-{hashlib.sha256(data).hexdigest()[:8]}{ENDING}"
    if place != one.path:
        write_safely(place, data, private=True)
    return place


def lying_about(folders: Iterable[Path]) -> list[Path]:
    """Files with the ending of update notices in some folders; of equal ones the first."""
    found: dict[bytes, Path] = {}
    for folder in folders:
        with suppress(OSError, UserError):
            for path in sorted(folder.glob(f"*{ENDING}")):
                found.setdefault(read_within(path, LARGEST), path)
    return list(found.values())


def trusted(kept: Path, more: Iterable[Path] = ()) -> tuple[Trust, ...]:
    """Whom to believe: the maker, trust files that were taken up, files that somebody names. Broken ones do not count.

    Parameters
    ----------
    kept
        folder of the trust files that were taken up.
    more
        other trust files, or certificates of roots.
    """
    paths = [*_maker(), *more]
    with suppress(OSError):
        paths += sorted(kept.glob("*.trust"))
    found = []
    for path in dict.fromkeys(paths):
        with suppress(UserError, OSError):
            found.append(load_trust(path))
    return tuple(found)


def _maker() -> list[Path]:
    folder = Path(str(files("resources") / MAKER))
    return [folder] if folder.is_dir() else []


def which_installer(path: Path, update: Update) -> str:
    """Under which name the notice lists this very file.

    Raises
    ------
    UserError
        when its bytes are none of those that were signed for: it was changed on the way, or belongs to another version.
    """
    digest = sha256_of(path)
    name = next((name for name, listed in update.installers if listed == digest), None)
    if name is None:
        raise UserError(
            T("“{file}” is none of the files of version {version}: its SHA-256 is {digest}.",
              file=verbatim(path.name), version=update.version, digest=digest),
            T("Do not start it. Fetch it again from where the notice says."),
        )  # fmt: skip
    return name


def sha256_of(path: Path) -> str:
    """Of a file, in pieces.

    Raises
    ------
    UserError
        when it cannot be read.
    """
    return looked_at(path, sys.maxsize).sha256


def installer_row(path: Path) -> dict[str, str]:
    """The row of a notice that names an installer.

    Raises
    ------
    UserError
        when it cannot be read.
    """
    return {"what": "installer", "words": path.name, "sha256": sha256_of(path)}
