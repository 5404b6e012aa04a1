"""The newest copy is the newest state; a minute makes one copy; ten and a fortnight are kept."""

from __future__ import annotations

from pathlib import Path

from app.stores.backups import RollingBackups, superfluous

DAY = 86_400.0
NOON = 20_000 * DAY + DAY / 2


def state(number: int) -> bytes:
    return b'{"t": {"%d": {}}}' % number


def test_equal_states_are_kept_once(tmp_path: Path) -> None:
    backups = RollingBackups(tmp_path / "b", "shop")
    for minute in range(5):
        backups.keep(state(1), NOON + 60 * minute)
    assert len(backups.copies()) == 1


def test_a_burst_is_one_copy_and_holds_the_last_state(tmp_path: Path) -> None:
    backups = RollingBackups(tmp_path, "shop")
    backups.keep(state(0), NOON - 3600)
    for second in range(50):
        backups.keep(state(second + 1), NOON + second)
    assert [path.read_bytes() for _, path in backups.copies()] == [state(0), state(50)]


def test_ten_newest_and_one_a_day_for_a_fortnight_are_kept(tmp_path: Path) -> None:
    backups = RollingBackups(tmp_path, "shop")
    for hour in range(24 * 20):
        backups.keep(state(hour), NOON + hour * 3600)
    times = [at for at, _ in backups.copies()]
    assert len(times) == 10 + 14
    assert times[-10:] == [NOON + hour * 3600 for hour in range(470, 480)]
    assert len({int(at // DAY) for at in times[:-10]}) == 14


def test_nothing_new_is_ever_superfluous() -> None:
    times = [NOON + 60 * minute for minute in range(30)]
    assert superfluous(times, times[-1]) == times[:20]
    assert superfluous(times[:10], times[9]) == []


def test_a_clock_set_back_does_not_make_an_old_state_the_newest(tmp_path: Path) -> None:
    backups = RollingBackups(tmp_path, "shop")
    backups.keep(state(1), NOON)
    backups.keep(state(2), NOON - 300 * DAY)
    newest = backups.newest_good()
    assert newest is not None
    assert newest[1] == state(2)


def test_a_damaged_copy_is_passed_over(tmp_path: Path) -> None:
    backups = RollingBackups(tmp_path, "shop")
    backups.keep(state(1), NOON)
    backups.keep(state(2), NOON + 100)
    backups.copies()[-1][1].write_bytes(b"{")
    assert backups.newest_good() == (NOON, state(1))


def test_other_files_in_the_folder_are_none_of_its_business(tmp_path: Path) -> None:
    (tmp_path / "shop-holiday.json").write_bytes(b"{}")
    (tmp_path / "archive-20251121T203000Z.json").write_bytes(b"{}")
    assert RollingBackups(tmp_path, "shop").copies() == []
    assert RollingBackups(tmp_path / "missing", "shop").newest_good() is None


def test_a_clock_set_back_keeps_the_states_before_it(tmp_path: Path) -> None:
    backups = RollingBackups(tmp_path, "shop")
    backups.keep(state(1), NOON)
    for number in range(2, 5):
        backups.keep(state(number), NOON - 300 * DAY + number)
    assert [path.read_bytes() for _, path in backups.copies()] == [state(number) for number in range(1, 5)]
