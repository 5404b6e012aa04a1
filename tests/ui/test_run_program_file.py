import shutil

import pytest

from app.ui.program_file import ProgramFile


@pytest.fixture
def program(tmp_path):
    path = tmp_path / "lib" / "counterbell"
    path.parent.mkdir()
    path.write_bytes(b"old")
    return path


def put(path, content):
    new = path.with_name("counterbell.dpkg-new")
    new.write_bytes(content)
    new.replace(path)


def test_another_program_in_its_place_is_told_once(qtbot, program):
    watched = ProgramFile(program, settled_ms=60)
    told = []
    watched.replaced.connect(lambda: told.append(1))
    with qtbot.waitSignal(watched.replaced):
        put(program, b"newer")
    with qtbot.waitSignal(watched._settled.timeout):
        (program.parent / "something").touch()
    assert told == [1]
    with qtbot.waitSignal(watched.replaced):
        put(program, b"newest")
    assert told == [1, 1]


def test_a_folder_put_there_anew_is_noticed(qtbot, program):
    watched = ProgramFile(program, settled_ms=60)
    told = []
    watched.replaced.connect(lambda: told.append(program.read_bytes()))
    with qtbot.waitSignal(watched.replaced):
        shutil.rmtree(program.parent)
        program.parent.mkdir()
        program.write_bytes(b"another")
    assert told == [b"another"]


def test_what_cannot_be_replaced_is_not_watched(qtbot, tmp_path):
    watched = ProgramFile(None)
    assert not watched._watcher.directories()
