"""What the window remembers is kept in the profile, and nowhere where that is gone."""

import shutil

from app.ui.ini_file import IniFile


def test_a_profile_that_was_moved_away_does_not_begin_anew(tmp_path):
    folder = tmp_path / "profile"
    folder.mkdir()
    settings = IniFile(folder / "window.ini")
    settings.setValue("folder", "praise")
    settings.sync()
    assert (folder / "window.ini").is_file()
    shutil.rmtree(folder)
    settings.setValue("folder", "leads")
    settings.sync()
    del settings
    assert not folder.exists()
    folder.mkdir()
    again = IniFile(folder / "window.ini")
    again.setValue("folder", "questions")
    again.sync()
    assert IniFile(folder / "window.ini").value("folder") == "questions"
