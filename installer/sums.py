"""SHA-256 of everything that is handed out, in the form that ``sha256sum --check`` reads.

python -m installer.sums FOLDER
"""

from __future__ import annotations

import hashlib
import sys
from pathlib import Path

NAME = "SHA256SUMS"


def digest(path: Path) -> str:
    """Of a file, in hexadecimal digits."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def lines(folder: Path) -> list[str]:
    """One for each file that lies in the folder itself."""
    found = sorted(path for path in folder.iterdir() if path.is_file() and path.name != NAME)
    return [f"{digest(path)}  {path.name}" for path in found]


def write(folder: Path) -> Path:
    """Write them beside the files."""
    path = folder / NAME
    path.write_text("".join(f"{line}\n" for line in lines(folder)), encoding="utf-8", newline="\n")
    return path


if __name__ == "__main__":
    print(write(Path(sys.argv[1])).read_text(encoding="utf-8"), end="")
