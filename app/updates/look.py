"""Looks once for a newer version: a signed list of checksums, and the announcement that stands in it. Nothing is downloaded."""

from __future__ import annotations

import json
from collections.abc import Mapping

from app.core.ports.net import Net, Request
from app.core.problems import Problem
from app.core.release import Release, is_newer, version_of
from app.core.statuses import status_problem
from app.updates.home import Home
from app.updates.signed import checksums, is_listed

LIST, SIGNATURE, ANNOUNCEMENT = "SHA256SUMS", "SHA256SUMS.sig", "release.json"

LONGEST_NEWS = 2_000
"""Characters of the news of one language that are shown."""


def look(net: Net, home: Home, installed: str, *, allow_private: bool = False) -> Release | Problem | None:
    """Return the release that is newer than `installed`, None where there is none, or why it is not known.

    Problems besides those of the net: «updates.not_signed», «updates.not_listed», «updates.not_understood». With any of
    them nothing of what was read is passed on.
    """
    files: list[bytes] = []
    for name in (LIST, SIGNATURE, ANNOUNCEMENT):
        found = _fetched(net, home.address + name, allow_private=allow_private)
        if isinstance(found, Problem):
            return found
        files.append(found)
    listed, signature, announcement = files
    sums = checksums(listed, signature, home.keys)
    if sums is None:
        return Problem("updates.not_signed")
    if not is_listed(ANNOUNCEMENT, announcement, sums):
        return Problem("updates.not_listed")
    release = _read(announcement, home.address)
    if release is None:
        return Problem("updates.not_understood")
    return release if is_newer(release.version, installed) else None


def _fetched(net: Net, url: str, *, allow_private: bool) -> bytes | Problem:
    response = net.send(Request(url, unchanged_ok=False), allow_private=allow_private, patient=False)
    if isinstance(response, Problem):
        return response
    host = url.split("://", 1)[-1].split("/", 1)[0]
    return status_problem(response.status, host) or response.body


def _read(body: bytes, address: str) -> Release | None:
    try:
        told = json.loads(body)
    except (ValueError, RecursionError):
        return None
    version = told.get("version") if isinstance(told, dict) else None
    if not isinstance(version, str) or not version_of(version):
        return None
    page = told.get("page")
    page = page if isinstance(page, str) and page.startswith("https://") else address
    return Release(version, page, _news(told.get("news")))


def _news(told: object) -> Mapping[str, str]:
    if not isinstance(told, dict):
        return {}
    return {str(k): v.strip()[:LONGEST_NEWS] for k, v in told.items() if isinstance(v, str) and v.strip()}
