"""What the status of an answer means, wherever a place gives it no meaning of its own."""

from __future__ import annotations

from app.core.problems import Problem

_CODES = {
    401: "watch.denied",
    403: "watch.denied",
    404: "watch.not_found",
    410: "watch.gone",
    429: "net.rate_limited",
    503: "net.rate_limited",
    511: "net.login_wanted",
}


def status_problem(status: int, host: str) -> Problem | None:
    """Return what a status says of a host, or None where it is a success."""
    if status < 400:
        return None
    code = _CODES.get(status) or ("watch.server_error" if status >= 500 else "watch.bad_status")
    return Problem(code, {"status": status, "host": host})
