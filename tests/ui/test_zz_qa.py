from ui.window_samples import Open
from app.ui.window import MainWindow
from app.sources.catalog.feed import *
import app.sources.catalog.feed as f
from PySide6.QtWidgets import QApplication
import pytest
@pytest.mark.parametrize("size", [(1240,779),(1240,700),(1000,600),(760,480),(1240,1000)])
def test_x(open_window, qtbot, desk, monkeypatch, size):
    import ui.conftest as c
    src=tuple(k() for k in vars(f).values() if isinstance(k,type) and getattr(k,'settings',None) and hasattr(k,'id'))
    w=open_window()
    w._bench.sources=src
    w.resize(*size)
    w.do("add_watch")
    for _ in range(20): QApplication.processEvents()
    s=w.pages.watches().editor.settings
    print(size,s.geometry(), s._rows.totalMinimumHeightForWidth(s.width()), [x.geometry().bottom() for x in s.fields.values()], [x.sizeHint() for x in s.fields.values()])
