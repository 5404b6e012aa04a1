"""The software bill of materials of a package: CycloneDX 1.6, JSON."""

from __future__ import annotations

import json
import re
import uuid
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from installer.common.parts import Part
from installer.common.product import HOMEPAGE, NAME, SUMMARY, TITLE, VERSION, released

SPDX = frozenset({
    "0BSD", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "GPL-2.0-only", "GPL-3.0-only", "GPL-3.0-or-later", "ISC",
    "LGPL-3.0-only", "MIT", "MIT-0", "MPL-2.0", "PSF-2.0", "Unicode-3.0", "Zlib", "blessing", "LLVM-exception",
})  # fmt: skip
"""Licence identifiers that may stand in an expression; anything else is given as a name."""


def bill(parts: Sequence[Part], package: str) -> dict[str, Any]:
    """Return the bill for a package («counterbell_0.1.0_amd64.deb»); the same parts give the same bill."""
    components = [_component(part) for part in parts]
    serial = uuid.uuid5(uuid.NAMESPACE_URL, json.dumps([package, components]))
    own = f"pkg:generic/{NAME}@{VERSION}"
    return {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{serial}",
        "version": 1,
        "metadata": {
            "timestamp": datetime.fromtimestamp(released(), UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
            "component": {
                "type": "application",
                "bom-ref": own,
                "name": TITLE,
                "version": VERSION,
                "description": SUMMARY,
                "licenses": [{"expression": "GPL-3.0-or-later"}],
                "purl": own,
                "externalReferences": [{"type": "website", "url": HOMEPAGE}],
                "properties": [{"name": f"{NAME}:package", "value": package}],
            },
        },
        "components": components,
        "dependencies": [{"ref": own, "dependsOn": [one["bom-ref"] for one in components]}],
    }


def _component(part: Part) -> dict[str, Any]:
    words = re.split(r"\s+(?:AND|OR|WITH)\s+", part.licence.replace("(", "").replace(")", ""))
    known = all(word in SPDX for word in words)
    licence = {"expression": part.licence} if known else {"license": {"name": part.licence}}
    return {
        "type": "library",
        "bom-ref": part.purl,
        "name": part.name,
        "version": part.version,
        "licenses": [licence],
        "purl": part.purl,
    }


def write(parts: Sequence[Part], package: str, path: Path) -> None:
    """Write the bill of a package."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(bill(parts, package), indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
