"""Tokens in software (SoftHSM2) for the tests: a folder of the test's own, with as many tokens as it wants."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest

PIN = "271828"
_LIBRARIES = (
    "/usr/lib/softhsm/libsofthsm2.so",
    "/usr/lib/x86_64-linux-gnu/softhsm/libsofthsm2.so",
    "/usr/lib/aarch64-linux-gnu/softhsm/libsofthsm2.so",
    "/usr/lib64/pkcs11/libsofthsm2.so",
    "/usr/local/lib/softhsm/libsofthsm2.so",
    "/opt/homebrew/lib/softhsm/libsofthsm2.so",
)


@dataclass(frozen=True, slots=True)
class SoftTokens:
    """The library, and the folder its tokens lie in."""

    module: Path
    folder: Path

    def add(self, label: str = "Li Wei") -> None:
        """One more token with :data:`PIN`."""
        command = ["softhsm2-util", "--init-token", "--free", "--label", label, "--pin", PIN, "--so-pin", "12345678"]
        subprocess.run(command, check=True, capture_output=True)

    def remove(self) -> None:
        """Pull out all of them."""
        shutil.rmtree(self.folder)


def soft_tokens(folder: Path, monkeypatch: pytest.MonkeyPatch) -> SoftTokens:
    """An empty place for tokens; the test is skipped where SoftHSM2 is not installed."""
    module = next((Path(name) for name in _LIBRARIES if Path(name).is_file()), None)
    if module is None or shutil.which("softhsm2-util") is None:
        pytest.skip("SoftHSM2 (softhsm2) is not installed")
    inside = folder / "tokens"
    inside.mkdir()
    settings = folder / "softhsm2.conf"
    settings.write_text(f"directories.tokendir = {inside}\nobjectstore.backend = file\nlog.level = ERROR\n")
    monkeypatch.setenv("SOFTHSM2_CONF", str(settings))
    return SoftTokens(module, inside)
