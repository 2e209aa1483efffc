"""Is a file on a drive of the network? SQLite's write-ahead log needs memory that all programs share: one computer.

There the older way is used: a rollback journal, which needs nothing but the file and its locks.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from functools import lru_cache
from pathlib import Path

_NETWORK = frozenset(
    ("9p", "acfs", "afpfs", "afs", "ceph", "cifs", "davfs", "glusterfs", "gpfs", "lustre", "ncpfs", "nfs", "nfs4",
     "prl_fs", "smb2", "smb3", "smbfs", "vboxsf", "virtiofs", "vmhgfs", "webdav", "fuse.davfs2", "fuse.glusterfs",
     "fuse.gvfsd-fuse", "fuse.rclone", "fuse.smbnetfs", "fuse.sshfs", "fuse.vmhgfs-fuse")
)  # fmt: skip
"""Kinds of file systems that another computer serves, among them folders that a virtual machine shares."""
_MOUNTS = Path("/proc/self/mountinfo")
_REMOTE = 4
"""``DRIVE_REMOTE`` of Windows."""


def over_network(path: Path) -> bool:
    """Whether a file lies on a drive of the network, as far as the system tells; False when it does not."""
    folder = str(path.resolve().parent)
    try:
        if sys.platform == "win32":
            return _windows(folder)
        return _served(folder, _mounted())
    except (OSError, ValueError, subprocess.SubprocessError):
        return False


def _windows(folder: str) -> bool:
    if folder.startswith("\\\\"):
        return True
    import ctypes

    return bool(ctypes.windll.kernel32.GetDriveTypeW(os.path.splitdrive(folder)[0] + "\\") == _REMOTE)  # type: ignore[attr-defined,unused-ignore]


def _mounted() -> tuple[tuple[str, str], ...]:
    """Place and kind of every file system."""
    if sys.platform == "darwin":
        return _of_mount(int(os.stat("/Volumes").st_mtime_ns))  # noqa: PTH116
    return mounts_in(_MOUNTS.read_text("utf-8", "surrogateescape"))


def mounts_in(text: str) -> tuple[tuple[str, str], ...]:
    """Of Linux: place and kind from each line of ``mountinfo``."""
    found = []
    for line in text.splitlines():
        words, _, rest = line.partition(" - ")
        place = re.sub(r"\\([0-7]{3})", lambda code: chr(int(code[1], 8)), words.split()[4])
        found.append((place, rest.split()[0]))
    return tuple(found)


@lru_cache(maxsize=1)
def _of_mount(_changed: int) -> tuple[tuple[str, str], ...]:
    """Of macOS: asked again when a volume came or went."""
    said = subprocess.run(["/sbin/mount"], capture_output=True, text=True, timeout=5, check=True).stdout
    return listed_in(said)


def listed_in(text: str) -> tuple[tuple[str, str], ...]:
    """The same from what ``mount`` of macOS prints: ``//me@server/share on /Volumes/share (smbfs, nodev)``."""
    found = re.findall(r"^.* on (/.*) \((\w+)[,)]", text, re.MULTILINE)
    return tuple((place, kind) for place, kind in found)


def _served(folder: str, mounts: tuple[tuple[str, str], ...]) -> bool:
    """The longest place that the folder lies below says of what kind it is; of two at one place, the later one."""
    here, kind = "", ""
    for place, found in mounts:
        if len(place) >= len(here) and (folder == place or folder.startswith(place.rstrip("/") + "/")):
            here, kind = place, found
    return kind in _NETWORK
