"""Opening the stores of a profile: what is in the way is a problem in words."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.bootstrap.stores import open_stores
from app.core.problems import Problem
from app.stores.profile_lock import ProfileLock


def test_a_lock_of_another_user_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def acquire(_lock: ProfileLock) -> bool:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(ProfileLock, "acquire", acquire)
    assert open_stores(tmp_path) == Problem("stores.not_writable", {"path": "profile.lock"})
