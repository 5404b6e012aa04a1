"""Polls of one watch, recorded one after another, and the cases they come to."""

from __future__ import annotations

from datetime import UTC

from fakes.profile import Profile

from app.core.matching import matcher_for
from app.core.mention import Mention
from app.core.preferences import Preferences
from app.core.views import Folder
from app.core.watch import Watch, WatchState
from app.listen.record import Reading, Recorded, Recorder
from app.listen.setting import Setting
from app.listen.stems import SnowballStemmer

NOW = 1_800_000_000.0


def poll(recorder: Recorder, *mentions: Mention) -> Recorded:
    setting = Setting(Watch("w", "W", "page"), Preferences(shop_name="Joe's Bakery"), UTC, NOW, first=False)
    state = WatchState("w", heard_at=NOW)
    reading = Reading(setting, matcher_for((), (), SnowballStemmer()), mentions, state, state, NOW, NOW)
    recorded = recorder.submit(reading).result(60)
    assert isinstance(recorded, Recorded), recorded
    assert len(recorded.new) == len(recorded.stored.mention_ids) == len(recorded.stored.case_ids)
    return recorded


def cases(profile: Profile) -> list[tuple[str, int]]:
    """Return of each case the text it opened with, and how many mentions it has."""
    rows = profile.desk_archive.page(Folder.COMPLAINTS, "", 0, 99, NOW).rows
    return sorted((row.excerpt, row.mentions) for row in rows)
