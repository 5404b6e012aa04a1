"""The setup for Windows: what can be seen without building it. `make test-packages-windows` tries the rest under wine."""

from __future__ import annotations

import ast
import re
import runpy
import sys
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.version import Version

from app.bootstrap.command import own_command
from installer.windows import runtime, sign, sizes, wheels
from installer.windows.stage import LAUNCHERS, PATHS, STAGE, numbers
from installer.windows.tools import HERE, BrokenBuildError

ROOT = Path(__file__).parents[2]
SCRIPT = (HERE / "counterbell.nsi").read_text(encoding="utf-8")
SAID = re.findall(
    r'!insertmacro SAY (\w+)\s+(?:\\\s+)?"([^"]*)"\s+(?:\\\s+)?"([^"]*)"\s+(?:\\\s+)?"([^"]*)"',
    (HERE / "words.nsh").read_text(encoding="utf-8"),
)
ON_WINDOWS = {"sys_platform": "win32", "platform_system": "Windows", "os_name": "nt", "python_version": "3.11"}


def locked(path: Path) -> dict[str, str]:
    return dict(re.findall(r"^([a-z0-9.-]+)==([^ ;]+)", path.read_text(encoding="utf-8"), re.MULTILINE))


def test_the_wizard_says_everything_in_three_languages() -> None:
    keys = [key for key, *_ in SAID]
    assert len(keys) == len(set(keys)) == (HERE / "words.nsh").read_text(encoding="utf-8").count("!insertmacro SAY ")
    assert set(keys) == set(re.findall(r"\$\((T_\w+)\)", SCRIPT))
    for key, english, polish, russian in SAID:
        assert len({english, polish, russian}) == 3, key
        assert re.search("[а-я]", russian), key
        assert not re.search("[а-я]", english + polish), key
        assert len({text.count("$\\r$\\n") for text in (english, polish, russian)}) == 1, key


def test_only_folders_of_our_own_are_deleted_as_a_whole() -> None:
    deleted = re.findall(r'RMDir /r "([^"]+)"', SCRIPT)
    own = [f"$Place\\{name}" for name in ("runtime", "lib", "program")]
    assert deleted == [*own, "$APPDATA\\${DATA}", "$APPDATA\\${DATA}-sample"]


def test_launcher_and_wizard_agree_on_the_programs_id() -> None:
    (of_launcher,) = re.findall(r'#define APP_ID L"([^"]+)"', (HERE / "launcher.h").read_text(encoding="utf-8"))
    (of_wizard,) = re.findall(r'!define ID "([^"]+)"', SCRIPT)
    assert of_launcher == of_wizard
    assert [name for name, *_ in LAUNCHERS] == re.findall(r'!define (?:EXE|CLI) "([^"]+)"', SCRIPT)


def test_the_lock_holds_all_that_the_program_needs_on_windows() -> None:
    asked = [
        Requirement(line) for line in tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["dependencies"]
    ]
    here = locked(wheels.LOCK)
    needed = [one for one in asked if one.marker is None or one.marker.evaluate(ON_WINDOWS)]
    for one in needed:
        assert one.specifier.contains(here[one.name.lower().replace("_", "-")]), one.name
    assert not {one.name for one in asked if one not in needed} & set(here)
    assert {"pywin32-ctypes", "tzdata"} <= set(here)
    main = locked(ROOT / "requirements.lock")
    assert here == {name: main[name] for name in here}, "make lock renews both"
    assert Version(here["pyside6-essentials"]) < Version("6.12")


@pytest.mark.parametrize("lock", [wheels.LOCK, runtime.LOCK], ids=lambda path: path.name)
def test_everything_fetched_is_pinned_by_checksum(lock: Path) -> None:
    blocks = re.split(r"\n(?=[a-z])", lock.read_text(encoding="utf-8"))
    pinned = [block for block in blocks if "==" in block]
    assert pinned
    assert all(re.search(r"--hash=sha256:[0-9a-f]{64}\b", block) for block in pinned)


def test_the_runtime_is_the_python_it_is_said_to_be() -> None:
    short = "".join(runtime.VERSION.split(".")[:2])
    assert re.fullmatch(r"[0-9a-f]{64}", runtime.pinned())
    assert PATHS[0] == f"python{short}.zip"
    assert f"python{short}.dll" in (HERE / "launcher.c").read_text(encoding="utf-8")


def test_a_file_that_nobody_signed_breaks_the_build(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = tmp_path / "root.crt"
    root.touch()
    monkeypatch.setattr(runtime, "ROOTS", (root,))
    (tmp_path / "python311.dll").touch()
    monkeypatch.setattr(runtime, "run", lambda *_: "Signature verification: ok\n Subject: /CN=Somebody else")
    with pytest.raises(BrokenBuildError, match=r"python311\.dll"):
        runtime.verify(tmp_path)
    monkeypatch.setattr(runtime, "run", lambda *_: f"Signature verification: ok\n Subject: /{runtime.SIGNER}")
    assert runtime.verify(tmp_path) == 1


def test_of_qt_those_modules_are_kept_that_the_program_imports() -> None:
    trees = [ast.parse(path.read_text(encoding="utf-8")) for path in (ROOT / "app").rglob("*.py")]
    imports = {
        (node.module or "").split(".")[1]
        for tree in trees
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("PySide6.")
    }
    assert imports == wheels.QT_MODULES


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("PySide6/Qt6Core.dll", True),
        ("PySide6/Qt6Qml.dll", False),
        ("PySide6/QtNetwork.pyd", True),
        ("PySide6/QtQuick.pyd", False),
        ("PySide6/plugins/platforms/qwindows.dll", True),
        ("PySide6/plugins/sqldrivers/qsqlite.dll", False),
        ("PySide6/translations/qtbase_pl.qm", True),
        ("PySide6/translations/qtbase_fi.qm", False),
        ("PySide6/opengl32sw.dll", False),
        ("shiboken6/Shiboken.pyd", True),
        ("requests/api.py", True),
        ("requests-2.34.2.dist-info/METADATA", True),
        ("requests-2.34.2.dist-info/RECORD", False),
        ("_cffi_backend.cp311-win_amd64.pyd", True),
        ("cffi/api.py", False),
        ("bin/keyring.exe", False),
    ],
)
def test_what_is_kept_of_the_wheels(name: str, kept: bool) -> None:
    assert wheels.wanted(name) == kept


def test_a_qt_without_what_we_count_on_breaks_the_build() -> None:
    with pytest.raises(BrokenBuildError, match=r"PySide6/plugins/platforms/qwindows\.dll"):
        wheels.check_kept(set())


@pytest.mark.parametrize(
    ("version", "four"), [("1.2.3", "1.2.3.0"), ("0.1.0", "0.1.0.0"), ("2.0rc1", "2.0.0.0"), ("1.2.3.4", "1.2.3.4")]
)
def test_versions_as_windows_wants_them(version: str, four: str) -> None:
    assert ".".join(numbers(version)) == four


def test_the_launchers_start_finds_the_program_and_is_its_own_command(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "frozen", False, raising=False)
    monkeypatch.setattr(sys, "executable", r"C:\Программы\counterbell.exe")
    monkeypatch.setattr("app.__main__.main", lambda: 7)
    with pytest.raises(SystemExit) as end:
        runpy.run_path(str(HERE / "start.py"), run_name="__main__")
    assert end.value.code == 7
    assert own_command("listen", "--pipe") == (r"C:\Программы\counterbell.exe", "listen", "--pipe")


def test_a_start_that_breaks_without_a_console_is_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    shown: list[str] = []
    monkeypatch.setattr(sys, "frozen", False, raising=False)
    monkeypatch.setattr("app.__main__.main", lambda: 1 // 0)
    start = runpy.run_path(str(HERE / "start.py"))["start"]
    start.__globals__["_show"] = shown.append
    with pytest.raises(ZeroDivisionError):
        start()
    monkeypatch.setattr(sys, "stderr", None)
    assert start() == 1
    assert "ZeroDivisionError" in shown[0]


def test_signing_never_puts_a_password_on_a_command_line(tmp_path: Path) -> None:
    pfx = tmp_path / "c.pfx"
    given = {sign.PFX: str(pfx), sign.PASSWORD: "/run/secrets/p", sign.TIMESTAMP: "http://time.example"}
    assert not sign.can_sign({})
    with pytest.raises(BrokenBuildError, match=r"c\.pfx"):
        sign.can_sign(given)
    pfx.touch()
    assert sign.can_sign(given)
    words = sign.words(tmp_path / "a.exe", tmp_path / "b.exe", given)
    assert "-pass" not in words
    assert words[words.index("-readpass") + 1] == "/run/secrets/p"
    assert words[words.index("-ts") + 1] == "http://time.example"


def test_the_report_of_sizes_names_the_largest_parts_and_the_limits_hold(tmp_path: Path) -> None:
    folder, setup = tmp_path / "stage", tmp_path / "setup.exe"
    for name, size in {"lib/PySide6/Qt6Gui.dll": 3_000_000, "lib/idna/a.py": 200_000, "lib/idna/b.py": 300_000}.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(bytes(size))
    setup.write_bytes(bytes(1_000_000))
    assert sizes.report(folder, setup).splitlines() == [
        "setup.exe: 1.0 MB; installed: 3.5 MB",
        "     3.0 MB  Qt6Gui.dll",
        "     0.5 MB  lib/idna",
    ]
    assert not sizes.too_large(folder, setup, packed_well=True)
    with setup.open("r+b") as file:
        file.truncate(sizes.MOST_SETUP + 1)
    assert "setup.exe" in sizes.too_large(folder, setup, packed_well=True)
    assert not sizes.too_large(folder, setup, packed_well=False)


def test_nothing_of_the_build_lies_in_the_sources() -> None:
    assert (ROOT / "build") in STAGE.parents
