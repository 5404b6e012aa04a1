"""What goes into a frozen program, and which of Qt's files stay out: read by counterbell.spec."""

from __future__ import annotations

import re

from app.words import LANGUAGES
from installer.common.product import modules

EXCLUDED = (
    "tkinter", "_tkinter", "unittest", "pydoc", "pydoc_data", "doctest", "lib2to3", "turtle", "idlelib", "ensurepip",
    "setuptools", "pip", "pkg_resources", "distutils", "readline", "curses", "_curses", "numpy", "PySide6.QtQml",
    "PySide6.QtQuick", "PySide6.QtOpenGL", "PySide6.QtDBus",
)  # fmt: skip
"""Modules that something mentions and nothing of ours ever uses."""

_PLUGINS = re.compile(
    r"PySide6/(Qt/)?plugins/(egldeviceintegrations|generic|networkinformation|sqldrivers|qmltooling|printsupport"
    r"|vectorimageformats|tls|platforminputcontexts/\w*virtualkeyboard|wayland-graphics-integration-\w+"
    r"|wayland-shell-integration/lib(ivi-shell|qt-shell|fullscreen-shell|wl-shell)|platformthemes/libqgtk3"
    r"|platforms/(lib)?q(eglfs|linuxfb|minimalegl|vnc|vkkhrdisplay|minimal)"
    r"|imageformats/(lib)?q(tiff|tga|wbmp|icns|pdf|webp))"
)
"""Plugins for screens without a desktop, databases, touch keyboards, QML, rare pictures; and TLS, which Python does."""
_QT = re.compile(r"(^|/)(lib)?Qt6?(EglF|Quick|Qml|Pdf|VirtualKeyboard|OpenGL(?!Widgets)|WaylandEglClientHwI)")
"""Libraries that only those plugins use."""
_SYSTEM = re.compile(
    r"^lib(gtk-3|gdk-3|gdk_pixbuf-2\.0|atk-1\.0|atk-bridge-2\.0|atspi|epoxy|cairo|cairo-gobject|pango-1\.0"
    r"|pangocairo-1\.0|pangoft2-1\.0|harfbuzz|fribidi|thai|datrie|graphite2|pixman-1|wayland-\w+|gio-2\.0|gobject-2\.0"
    r"|gmodule-2\.0|mount|blkid|selinux|X\w+|X11-xcb|systemd|gcrypt|gpg-error|lz4|cap|pcre2-8|glib-2\.0|gthread-2\.0"
    r"|dbus-1|fontconfig|freetype|png16|brotli\w+|expat|stdc\+\+|gcc_s|jpeg|deflate|jbig|Lerc|tiff|webp|drm|gbm|GL\w*"
    r"|EGL\w*|ssl|crypto|krb5|krb5support|k5crypto|gssapi_krb5|com_err|keyutils|bsd|md|z)[-.\d]*\.so"
)
"""Libraries that every desktop has and keeps safe itself, so that the package only asks for them; and what they need."""
_TRANSLATION = re.compile(rf"translations/(qt|qtbase)_({'|'.join(LANGUAGES)})\.qm$")
_RECORDS = re.compile(
    r"\.dist-info/(INSTALLER|RECORD|REQUESTED|WHEEL|direct_url\.json|sboms/.*|licenses/.*|LICENSE.*)$"
)
"""What pip writes for itself; the licences lie together in one file."""


def keeps(name: str) -> bool:
    """Say whether a file, by its path in the frozen program, stays in it."""
    path = name.replace("\\", "/")
    if "PySide6" in path and "/translations/" in path:
        return bool(_TRANSLATION.search(path))
    return not _RECORDS.search(path) and not any(one.search(path) for one in (_PLUGINS, _QT, _SYSTEM))


def hidden_imports() -> list[str]:
    """Return every module of ours: sources, reports and hand-overs are found by looking, which a freezer cannot see."""
    return list(modules())
