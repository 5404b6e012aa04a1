import ast
import sys
from types import SimpleNamespace

import pytest

from app.handover.registry import HandOverRegistry
from app.reports.registry import ReportRegistry
from app.sources.registry import SourceRegistry
from installer.common import frozen, product, start


def test_everything_that_a_registry_finds_is_frozen():
    named = set(frozen.hidden_imports())
    found = [f"app.sources.catalog.{source.id}" for source in SourceRegistry().all()]
    found += [f"app.reports.catalog.{name}" for name in ReportRegistry().ids()]
    found += [f"app.handover.catalog.{name}" for name in HandOverRegistry().targets()]
    assert len(found) > 10
    assert not set(found) - named
    assert {"app.listen.scout", "app.bootstrap.listening", "app.cli.main", "app.ui.program"} <= named


def test_the_spec_is_sound_and_asks_for_all_of_it():
    spec = (product.ROOT / "installer" / "common" / "counterbell.spec").read_text("utf-8")
    names = {ast.unparse(node) for node in ast.walk(ast.parse(spec)) if isinstance(node, ast.Attribute)}
    assert {"frozen.hidden_imports", "frozen.keeps", "product.VERSION", "product.COMPONENT"} <= names


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("PySide6/Qt/plugins/platforms/libqxcb.so", True),
        ("PySide6/Qt/plugins/platforms/libqwayland.so", True),
        ("PySide6/Qt/plugins/platforms/libqeglfs.so", False),
        ("PySide6/Qt/plugins/platformthemes/libqgtk3.so", False),
        ("PySide6/Qt/plugins/imageformats/libqsvg.so", True),
        ("PySide6/Qt/plugins/tls/libqopensslbackend.so", False),
        ("PySide6/Qt/lib/libicudata.so.73", True),
        ("PySide6/Qt/translations/qtbase_pl.qm", True),
        ("PySide6/Qt/translations/qtbase_fi.qm", False),
        ("PySide6\\plugins\\platforms\\qwindows.dll", True),
        ("libcrypto.so.3", False),
        ("libkrb5.so.3", False),
        ("libxcb-cursor.so.0", True),
        ("libxkbcommon.so.0", True),
        ("libzstd.so.1", True),
        ("libz.so.1", False),
        ("python3.11/lib-dynload/_ssl.cpython-311-x86_64-linux-gnu.so", True),
        ("cryptography-50.0.2.dist-info/RECORD", False),
        ("cryptography-50.0.2.dist-info/METADATA", True),
        ("keyring-25.7.0.dist-info/entry_points.txt", True),
        ("resources/translations/pl/LC_MESSAGES/counterbell.mo", True),
    ],
)
def test_what_stays_in_and_what_goes(name, kept):
    assert frozen.keeps(name) is kept


def test_programs_we_open_do_not_get_our_libraries(monkeypatch):
    monkeypatch.setenv("LD_LIBRARY_PATH", "/usr/lib/counterbell/_internal")
    monkeypatch.delenv("LD_LIBRARY_PATH_ORIG", raising=False)
    monkeypatch.setenv("PYINSTALLER_RESET_ENVIRONMENT", "0")
    start.give_back_library_path()
    assert "LD_LIBRARY_PATH" not in start.os.environ
    assert start.os.environ["PYINSTALLER_RESET_ENVIRONMENT"] == "1"
    monkeypatch.setenv("LD_LIBRARY_PATH", "/usr/lib/counterbell/_internal")
    monkeypatch.setenv("LD_LIBRARY_PATH_ORIG", "/opt/own")
    start.give_back_library_path()
    assert start.os.environ["LD_LIBRARY_PATH"] == "/opt/own"


def test_modules_come_from_the_program_that_was_started(monkeypatch):
    archive = SimpleNamespace(_filename="/usr/lib/counterbell/counterbell")
    monkeypatch.setitem(sys.modules, "pyimod02_importers", SimpleNamespace(pyz_archive=archive))
    start.hold_on_to_modules()
    assert archive._filename == "/proc/self/exe"
