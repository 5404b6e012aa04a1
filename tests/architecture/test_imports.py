"""Which modules of the standard library a room may use: network, threads, other programs and SQL have their homes.

import-linter does not look into packages from elsewhere: to it `urllib.parse` and `urllib.request` are one. So this looks itself.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

APP = Path(__file__).resolve().parents[2] / "app"
SOURCES = sorted(APP.rglob("*.py"))

NETWORK = [
    "socket",
    "ssl",
    "http",
    "urllib.request",
    "urllib.error",
    "smtplib",
    "imaplib",
    "poplib",
    "ftplib",
    "socketserver",
    "select",
    "selectors",
    "asyncio",
    "xmlrpc",
]
THREADS = ["threading", "_thread", "concurrent", "queue", "multiprocessing", "asyncio", "sched"]
PROGRAMS = ["subprocess", "multiprocessing", "pty"]
STORES = ["sqlite3", "dbm", "shelve"]

HOMES = (
    (
        NETWORK,
        {
            "net/": "the one room that speaks to others",
            "sample/server.py": "serves the sample shop on loopback",
            "ui/endings.py": "a pair of sockets by which a signal of the system wakes Qt",
            "ui/notifications_linux.py": "waits for the socket of the session's bus",
        },
    ),
    (
        THREADS,
        {
            "net/": "waits for many at a time",
            "listen/": "polls many at a time, and writes in one thread",
            "stores/": "is asked from many threads",
            "detect/": "is asked from many threads",
            "desk/cards.py": "is asked from many threads",
            "bootstrap/": "starts the listener, and loads while the window is drawn",
            "sample/server.py": "serves beside the window",
            "ui/background.py": "the one way to leave the GUI thread",
            "ui/notifications_linux.py": "hears the session's bus beside the GUI thread",
            "ui/widgets/found_list.py": "lets a search that nobody waits for end",
        },
    ),
    (
        PROGRAMS,
        {
            "listen/scout.py": "the second process of a rush",
            "ui/opening.py": "the system's opener says whether a browser was found, and may outlive the program",
        },
    ),
    (STORES, {"stores/": "the one room that keeps something"}),
)
"""What has a home, and which these are: rooms («net/») and files, each with its reason."""

LOCKS = {"threading.Lock"}
"""What a source may use all the same: polls on many threads share a session that was signed in to."""

CORE = [
    "__future__",
    "collections",
    "dataclasses",
    "datetime",
    "difflib",
    "enum",
    "errno",
    "functools",
    "hashlib",
    "ipaddress",
    "itertools",
    "json",
    "math",
    "pathlib",
    "re",
    "typing",
    "unicodedata",
    "urllib.parse",
]
"""All that core may import from outside of core: the part of the standard library that only reckons."""

ASKED = {"time.time", "time.monotonic", "time.sleep", "datetime.now", "datetime.today", "datetime.utcnow", "date.today"}
"""Calls that ask the clock."""

OPENED = {"open", "input", "print"}
TOUCHED = {"read_text", "write_text", "read_bytes", "write_bytes", "unlink", "mkdir"}
"""Methods of a path by which it is more than a name."""


def _name(path: Path) -> str:
    return path.relative_to(APP).as_posix()


def imported(tree: ast.Module) -> Iterator[str]:
    """Yield what is imported, wherever in the file: modules, and the names taken out of them with theirs before."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.Call) and ast.unparse(node.func).split(".")[-1] in {"import_module", "__import__"}:
            yield from (one.value for one in node.args if isinstance(one, ast.Constant) and isinstance(one.value, str))


def _is_in(name: str, modules: list[str]) -> bool:
    return any(name == module or name.startswith(f"{module}.") for module in modules)


def _is_a_lock(tree: ast.Module, module: str) -> bool:
    """Say whether a module is only there for its locks."""
    used = {ast.unparse(node) for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    return module in LOCKS or (module == "threading" and {one for one in used if one.startswith("threading.")} <= LOCKS)


def astray(name: str, tree: ast.Module) -> list[str]:
    """Return what the file of that name («core/text.py») imports, calls or asks that its room may not."""
    found = [
        module
        for module in imported(tree)
        for modules, homes in HOMES
        if _is_in(module, modules) and not name.startswith(tuple(homes))
        if not (name.startswith("sources/") and _is_a_lock(tree, module))
    ]
    if name.startswith("core/"):
        found += [module for module in imported(tree) if not _is_in(module, [*CORE, "app.core"])]
        found += [node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute) and node.attr in TOUCHED]
    if name.startswith(("core/", "sources/", "reports/", "detect/")):
        calls = [ast.unparse(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)]
        found += [call for call in calls if call in OPENED or ".".join(call.split(".")[-2:]) in ASKED]
    return found


def test_network_threads_programs_and_sql_stay_at_home() -> None:
    found = {_name(path): astray(_name(path), ast.parse(path.read_text(encoding="utf-8"))) for path in SOURCES}
    assert {name: modules for name, modules in found.items() if modules} == {}


def test_every_home_is_lived_in() -> None:
    used = {
        home
        for path in SOURCES
        for module in imported(ast.parse(path.read_text(encoding="utf-8")))
        for modules, homes in HOMES
        for home in homes
        if _is_in(module, modules) and _name(path).startswith(home)
    }
    assert used == {home for _, homes in HOMES for home in homes}


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("core/quiet.py", "import socket"),
        ("core/quiet.py", "import threading"),
        ("core/quiet.py", "from threading import Lock"),
        ("core/quiet.py", "import re, smtplib"),
        ("core/quiet.py", "import os"),
        ("core/quiet.py", "import requests"),
        ("core/quiet.py", "from app.net.client import Net"),
        ("core/quiet.py", "def later():\n    import subprocess"),
        ("core/quiet.py", "text = open('x').read()"),
        ("core/quiet.py", "now = datetime.now()"),
        ("core/quiet.py", "text = path.read_text()"),
        ("sources/catalog/feed.py", "import urllib.request"),
        ("sources/catalog/feed.py", "from urllib import request"),
        ("sources/catalog/feed.py", "from urllib.request import urlopen"),
        ("sources/catalog/feed.py", "import http.client"),
        ("sources/catalog/feed.py", "from ssl import SSLContext"),
        ("sources/catalog/feed.py", "import imaplib"),
        ("sources/catalog/feed.py", "import sqlite3"),
        ("sources/catalog/feed.py", "import threading\nthreading.Thread(target=print).start()"),
        ("sources/catalog/feed.py", "from threading import Thread"),
        ("sources/catalog/feed.py", "from importlib import import_module\nimport_module('socket')"),
        ("sources/catalog/feed.py", "import time\nnow = time.time()"),
        ("sources/catalog/feed.py", "import datetime\nnow = datetime.datetime.now()"),
        ("reports/catalog/places.py", "import sqlite3"),
        ("bootstrap/version.py", "import sqlite3"),
        ("bootstrap/version.py", "import urllib.request"),
        ("ui/window.py", "from concurrent.futures import ThreadPoolExecutor"),
        ("desk/inbox.py", "import subprocess"),
        ("__main__.py", "import socket"),
    ],
)
def test_one_that_strays_is_found(name: str, text: str) -> None:
    assert astray(name, ast.parse(text))


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("core/address.py", "from urllib.parse import urlsplit"),
        ("core/views.py", "from app.core.case import CaseState"),
        ("core/target.py", "from datetime import datetime\nat = datetime.fromtimestamp(0.0, zone)"),
        ("sources/catalog/x.py", "import time\nmonth = time.gmtime(now)"),
        ("sources/catalog/x.py", "from urllib import parse"),
        ("sources/apis/tokens.py", "import threading\n_LOCK = threading.Lock()"),
        ("sources/apis/tokens.py", "from threading import Lock"),
        ("net/smtp.py", "import smtplib, socket, ssl, threading"),
        ("stores/sqlite.py", "import sqlite3"),
        ("ui/endings.py", "import socket"),
    ],
)
def test_one_that_does_not_is_left_alone(name: str, text: str) -> None:
    assert not astray(name, ast.parse(text))
