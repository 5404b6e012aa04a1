"""The light ones of the real servers, spoken to by the program as its users start it; «make real» has them all."""

from __future__ import annotations

import pytest
from real.__main__ import try_server
from real.check import Checks
from real.ground import MissingError


@pytest.mark.timeout(900)
@pytest.mark.parametrize("server", ["isso", "mail"])
def test_a_real_server_is_heard_and_answered(server: str) -> None:
    checks = Checks()
    try:
        try_server(server, checks)
    except MissingError as missing:
        pytest.skip(str(missing))
    assert checks.passed
    assert not checks.failed
