# Runs before everything else in a frozen program. pyqtgraph takes the modules of OpenGL in when it is imported, ten
# megabytes of them, and uses them for plots in three dimensions, or when it is told to: here neither is the case, and
# it is given modules with the one name that it derives a class from.
import sys
from types import ModuleType


class QOpenGLWidget:
    """A window of OpenGL that nobody opens."""


sys.modules["PySide6.QtOpenGL"] = ModuleType("PySide6.QtOpenGL")
sys.modules["PySide6.QtOpenGLWidgets"] = widgets = ModuleType("PySide6.QtOpenGLWidgets")
widgets.QOpenGLWidget = QOpenGLWidget  # type: ignore[attr-defined]
