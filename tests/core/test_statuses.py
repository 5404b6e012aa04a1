"""What statuses mean."""

from app.core.statuses import status_problem


def test_statuses_become_problems() -> None:
    codes = {s: status_problem(s, "h") for s in (200, 304, 401, 403, 404, 410, 418, 429, 500, 503, 511)}
    assert {s: p.code if p else None for s, p in codes.items()} == {
        200: None,
        304: None,
        401: "watch.denied",
        403: "watch.denied",
        404: "watch.not_found",
        410: "watch.gone",
        418: "watch.bad_status",
        429: "net.rate_limited",
        500: "watch.server_error",
        503: "net.rate_limited",
        511: "net.login_wanted",
    }
