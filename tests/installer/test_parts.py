import json
import sys
from importlib.metadata import distribution
from pathlib import Path

import pytest

from installer.common import licences, sbom
from installer.common.locks import blocks, runtime_lock, runtime_names
from installer.common.parts import MissingLicenceError, Part, nested_parts, python_itself, python_parts

SITE = Path(str(distribution("tinydb").locate_file("")))
OF_OTHER_SYSTEMS = {"colorama", "pywin32-ctypes", "tzdata"}
"""Not installed here; their licences are collected where the package for that system is made."""
DEVELOPERS_ONLY = {"pytest", "ruff", "mypy", "numpy", "hypothesis", "babel", "nltk"}


@pytest.fixture(scope="module")
def parts():
    names = set(runtime_names()) & {name for name in runtime_names() if _is_here(name)}
    return (python_itself("the text of PSF", "3.11.9"), *python_parts(SITE, names), *nested_parts(SITE, names))


def _is_here(name):
    return any(SITE.glob(f"{name.replace('-', '[-_.]')}-*.dist-info")) or name == "pyside6-essentials"


def test_the_lock_of_a_package_is_the_runtime_part_of_the_lock():
    names = set(runtime_names())
    assert {"pyside6-essentials", "shiboken6", "requests", "tinydb", "cryptography", "tzdata", "secretstorage"} <= names
    assert not names & DEVELOPERS_ONLY
    assert names <= set(blocks())
    assert runtime_lock().count("--hash=sha256:") > len(names)


def test_every_runtime_distribution_has_its_licence_in_the_file(parts):
    text = licences.licences(parts)
    found = {part.purl.split("/")[1].split("@")[0] for part in parts if part.purl.startswith("pkg:pypi/")}
    missing = set(runtime_names()) - found - OF_OTHER_SYSTEMS
    if sys.platform == "linux":
        assert {name for name in missing if "python_full_version" not in blocks()[name]} == set()
    for part in parts:
        assert f"  {part.name} " in text
        assert all(one.strip().splitlines()[0].strip() in text for one in part.texts)
    assert "Offer: for at least" in text
    assert "GNU LESSER GENERAL PUBLIC LICENSE" in text
    assert "GNU GENERAL PUBLIC LICENSE" in text
    assert "see its text" not in "".join(part.licence for part in parts)


def test_a_part_without_a_licence_is_not_shipped(tmp_path):
    folder = tmp_path / "bare-1.0.dist-info"
    folder.mkdir()
    (folder / "METADATA").write_text("Metadata-Version: 2.1\nName: bare\nVersion: 1.0\n")
    (folder / "RECORD").write_text("bare-1.0.dist-info/METADATA,,\n")
    with pytest.raises(MissingLicenceError, match="bare"):
        python_parts(tmp_path, ["bare"])


def test_only_parts_of_what_is_shipped_are_listed(tmp_path):
    for name in ("shipped_one-1.0", "tool-1.0"):
        folder = tmp_path / f"{name}.dist-info" / "sboms"
        folder.mkdir(parents=True)
        inside = {
            "name": f"inside {name}",
            "version": "2",
            "purl": f"pkg:generic/{name}@2",
            "licenses": [{"expression": "MIT"}],
        }
        (folder / "bill.json").write_text(json.dumps({"components": [inside]}))
    assert [part.name for part in nested_parts(tmp_path, ["shipped-one"])] == ["inside shipped_one-1.0"]


def test_the_bill_has_what_cyclonedx_requires(parts, tmp_path):
    sbom.write(parts, "counterbell-linux", tmp_path / "bill.json")
    bill = json.loads((tmp_path / "bill.json").read_text("utf-8"))
    assert (bill["bomFormat"], bill["specVersion"], bill["version"]) == ("CycloneDX", "1.6", 1)
    assert bill["serialNumber"].startswith("urn:uuid:")
    assert bill["metadata"]["component"]["type"] == "application"
    refs = [one["bom-ref"] for one in bill["components"]]
    assert len(refs) == len(set(refs)) == len(parts)
    for one in bill["components"]:
        assert one["type"] == "library"
        assert one["name"]
        assert one["version"]
        assert one["purl"].startswith("pkg:")
        (licence,) = one["licenses"]
        assert ("expression" in licence) != ("license" in licence)
    (depends,) = bill["dependencies"]
    assert set(depends["dependsOn"]) == set(refs)
    assert sbom.bill(parts, "counterbell-linux") == bill


def test_a_licence_that_is_no_spdx_expression_is_given_by_name():
    odd = Part("odd", "1", "The Odd Licence", "pkg:pypi/odd@1", ("text",))
    known = Part("known", "1", "(MIT OR Apache-2.0) AND Unicode-3.0", "pkg:pypi/known@1", ("text",))
    first, second = sbom.bill([odd, known], "x")["components"]
    assert first["licenses"] == [{"license": {"name": "The Odd Licence"}}]
    assert second["licenses"] == [{"expression": "(MIT OR Apache-2.0) AND Unicode-3.0"}]
