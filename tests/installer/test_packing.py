"""Each system packs what its people install, and none of the others."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import cast

import pytest

from installer import packing
from installer.freezing import Frozen
from installer.linux import deb, tarball
from installer.macos import image
from installer.windows import setup

MODULES = {"deb": deb, "tarball": tarball, "dmg": image, "setup": setup}


@pytest.mark.parametrize(
    ("platform", "packed"), [("linux", ["deb", "tarball"]), ("darwin", ["dmg"]), ("win32", ["setup"])]
)
def test_what_a_system_packs(platform: str, packed: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def builds(name: str) -> Callable[..., Path]:
        def build(made: Frozen, dist: Path, work: Path | None = None) -> Path:
            assert made is frozen and (work is None or work.is_dir())
            return dist / name

        return build

    frozen = cast("Frozen", object())
    for name, module in MODULES.items():
        monkeypatch.setattr(module, "build", builds(name))
    monkeypatch.setattr(packing, "BUILD", tmp_path)
    monkeypatch.setattr("installer.packing.sys.platform", platform)
    assert packing.pack(frozen, tmp_path / "dist") == [tmp_path / "dist" / name for name in packed]
