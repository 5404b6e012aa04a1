from app.core.release import DAY, Release, is_due, is_newer


def test_versions_are_compared_as_numbers():
    assert is_newer("0.10.0", "0.9.9")
    assert not is_newer("0.9.9", "0.9.9")
    assert not is_newer("0.9.8", "0.9.9")
    assert not is_newer("1.0.0", "0")
    assert not is_newer("soon", "0.9.9")


def test_a_look_is_due_after_a_day_and_after_a_clock_put_right():
    assert is_due(0.0, DAY)
    assert not is_due(1000.0, 1000.0 + DAY - 1)
    assert is_due(1000.0 + 2 * DAY, 1000.0)


def test_news_are_told_in_the_language_or_in_english():
    release = Release("1.0.0", "https://x.example/", {"en": "louder", "pl": "głośniej"})
    assert release.news_in("pl") == "głośniej"
    assert release.news_in("ru") == "louder"
    assert Release("1.0.0", "https://x.example/").news_in("pl") == ""
