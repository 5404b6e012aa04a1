"""Builds the Debian package of what was frozen: no script of it runs as root when it is installed or removed."""

from __future__ import annotations

import gzip
import os
import re
import shutil
import subprocess
import textwrap
from datetime import UTC, datetime
from email.utils import formatdate
from hashlib import md5
from pathlib import Path

from installer.common import icons
from installer.common.product import (
    COMPONENT,
    DOMAIN,
    HOMEPAGE,
    ICON,
    MAINTAINER,
    NAME,
    ROOT,
    VERSION,
    debian_version,
    released,
)
from installer.linux.freeze import WORK, packages_needed
from installer.linux.manual import manual

HERE = Path(__file__).parent
ICON_SIZES = (16, 24, 32, 48, 64, 128, 256, 512)
FLOORS = {"libc6": ">= 2.35", "libstdc++6": ">= 12", "libssl3": ">= 3.0.2"}
"""The versions that the newest symbols asked for are in: those of Ubuntu 22.04."""

CONTROL = """\
Package: {name}
Version: {version}
Section: net
Priority: optional
Architecture: amd64
Maintainer: {maintainer}
Installed-Size: {size}
Depends: {depends}
Recommends: fonts-dejavu-core | fonts-noto-core, gnome-keyring | kwalletmanager | keepassxc, xdg-utils
Suggests: gnome-shell-extension-appindicator
Homepage: {homepage}
Description: hears complaints about a small shop and rings once for each
 Counterbell sits in the tray, listens to the places the owner names (feeds,
 news searches, comments, review mails, social networks, any web page), picks
 the complaints out of the noise, rings once for each and keeps the customer's
 whole story with a reply already begun. Nothing leaves the computer but the
 polls, the replies the owner sends and a question for new versions: no account,
 no server, no telemetry.
 .
 The package carries its own Python and Qt.
"""


def lay_out(frozen: Path, root: Path, version: str = VERSION) -> Path:
    """Make the tree of the package below `root`, and return that."""
    shutil.rmtree(root, ignore_errors=True)
    share = root / "usr" / "share"
    shutil.copytree(frozen, root / "usr" / "lib" / NAME, symlinks=True)
    (root / "usr" / "bin").mkdir()
    (root / "usr" / "bin" / NAME).symlink_to(f"../lib/{NAME}/{NAME}")
    for size in ICON_SIZES:
        _put(share / f"icons/hicolor/{size}x{size}/apps/{NAME}.png", icons.png(size))
    _put(share / f"icons/hicolor/scalable/apps/{NAME}.svg", ICON.read_bytes())
    _put(share / f"applications/{NAME}.desktop", (HERE / f"{NAME}.desktop").read_bytes())
    _put(share / f"metainfo/{COMPONENT}.metainfo.xml", metainfo(version).encode())
    _put(share / f"man/man1/{NAME}.1.gz", _packed(manual()))
    _put(share / f"doc/{NAME}/copyright", _filled((HERE / "debian" / "copyright").read_text("utf-8"), version).encode())
    _put(share / f"doc/{NAME}/changelog.gz", _packed(changelog(version)))
    _put(share / f"lintian/overrides/{NAME}", (HERE / "debian" / "lintian-overrides").read_bytes())
    _put(root / "DEBIAN" / "control", _control(root, frozen, version).encode())
    _put(root / "DEBIAN" / "md5sums", _sums(root).encode())
    for path in (root, *root.rglob("*")):
        if path.is_dir() and not path.is_symlink():
            path.chmod(0o755)
    return root


def build(frozen: Path, folder: Path, version: str = VERSION, *, fast: bool = False) -> Path:
    """Write the package into a folder and return it; `fast` packs it more loosely, for trials."""
    root = lay_out(frozen, WORK / "deb" / f"{NAME}-{version}", version)
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{NAME}_{debian_version(version)}_amd64.deb"
    packing = ("-Zxz", "-z1" if fast else "-z6")
    subprocess.run(
        ["dpkg-deb", "--root-owner-group", *packing, "-b", root, path],
        check=True, stdout=subprocess.DEVNULL, env=dict(os.environ) | {"SOURCE_DATE_EPOCH": str(int(released()))},
    )  # fmt: skip
    return path


def metainfo(version: str = VERSION) -> str:
    """Return what software centres are told."""
    return _filled((HERE / "metainfo.xml").read_text(encoding="utf-8"), version)


def changelog(version: str = VERSION) -> str:
    """Return the changes of this version as Debian writes them, taken from CHANGELOG.md."""
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    sections = dict(re.findall(r"^## \[([^\]]+)\][^\n]*\n(.*?)(?=^## \[|\Z)", text, re.MULTILINE | re.DOTALL))
    section = sections.get(version) or sections.get("Unreleased", "")
    items = [
        _wrapped(" ".join(item.split()))
        for item in re.findall(r"^- (.*?)(?=^- |^#|\Z)", section, re.MULTILINE | re.DOTALL)
    ]
    lines = "\n".join(items) or f"  * Version {version}."
    date = formatdate(released())
    return f"{NAME} ({debian_version(version)}) stable; urgency=medium\n\n{lines}\n\n -- {MAINTAINER}  {date}\n"


def _wrapped(item: str) -> str:
    return textwrap.fill(item, 79, initial_indent="  * ", subsequent_indent="    ", break_on_hyphens=False)


def _filled(text: str, version: str) -> str:
    date = datetime.fromtimestamp(released(), UTC).date().isoformat()
    words = {
        "COMPONENT": COMPONENT, "HOMEPAGE": HOMEPAGE, "VERSION": version, "DATE": date, "YEAR": date[:4],
        "DEVELOPER": ".".join(reversed(DOMAIN.split("."))),
    }  # fmt: skip
    for word, value in words.items():
        text = text.replace(f"@{word}@", value)
    return text


def _control(root: Path, frozen: Path, version: str) -> str:
    size = sum(path.lstat().st_size for path in root.rglob("*") if not path.is_dir()) // 1024
    depends = [f"{name} ({FLOORS[name]})" if name in FLOORS else name for name in packages_needed(frozen)]
    return CONTROL.format(
        name=NAME, version=debian_version(version), maintainer=MAINTAINER, size=size, depends=", ".join(depends),
        homepage=HOMEPAGE,
    )  # fmt: skip


def _sums(root: Path) -> str:
    files = sorted(path for path in (root / "usr").rglob("*") if path.is_file() and not path.is_symlink())
    sums = ((md5(path.read_bytes(), usedforsecurity=False).hexdigest(), path.relative_to(root)) for path in files)
    return "".join(f"{digest}  {path.as_posix()}\n" for digest, path in sums)


def _packed(text: str) -> bytes:
    return gzip.compress(text.encode(), 9, mtime=0)


def _put(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    path.chmod(0o644)
