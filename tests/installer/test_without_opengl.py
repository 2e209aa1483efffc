"""What stands in for OpenGL in a frozen program is enough for pyqtgraph, and nothing draws with it."""

from __future__ import annotations

import subprocess
import sys

from installer.project import ROOT

HOOK = ROOT / "installer" / "runtime" / "without_opengl.py"
DRAWN = """
import runpy, sys
runpy.run_path(sys.argv[1])
from PySide6.QtWidgets import QApplication
app = QApplication([])
import pyqtgraph as pg
from pyqtgraph.Qt.OpenGLHelpers import GraphicsViewGLWidget
plot = pg.PlotWidget()
assert not isinstance(plot, GraphicsViewGLWidget)
plot.addItem(pg.BarGraphItem(x=[1, 2], height=[3, 4], width=0.5))
plot.plot([1, 2, 3], [3, 1, 2], pen="r")
plot.resize(200, 100)
picture = plot.grab().toImage()
print(len({picture.pixel(x, y) for x in range(200) for y in range(100)}) > 3, pg.getConfigOption("useOpenGL"))
print("PySide6.QtOpenGL" in sys.modules, hasattr(sys.modules["PySide6.QtOpenGL"], "QOpenGLBuffer"))
"""


def test_plots_are_drawn_without() -> None:
    done = subprocess.run([sys.executable, "-c", DRAWN, HOOK], check=False, capture_output=True, text=True, cwd=ROOT)
    assert (done.returncode, done.stdout.split()) == (0, ["True", "False", "True", "False"]), done.stderr


def test_nothing_of_ours_asks_for_it() -> None:
    told = [path for path in (ROOT / "gui").rglob("*.py") if "OpenGL" in path.read_text(encoding="utf-8")]
    assert not told
