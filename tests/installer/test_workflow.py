import re
from pathlib import Path

import pytest
import yaml

from installer.common.product import ROOT

PATH = ROOT / ".github" / "workflows" / "release.yml"


@pytest.fixture(scope="module")
def workflow():
    return yaml.safe_load(PATH.read_text("utf-8"))


def test_a_tag_builds_everything_and_leaves_a_draft(workflow):
    assert workflow[True] == {"push": {"tags": ["v*"]}}  # YAML reads «on» as true
    jobs = workflow["jobs"]
    assert {"check", "linux", "windows", "macos", "publish"} <= set(jobs)
    assert set(jobs["publish"]["needs"]) == {"linux", "windows-trial", "macos"}
    said = "\n".join(step.get("run", "") for job in jobs.values() for step in job["steps"])
    for words in (
        "make package-linux",
        "make package-windows",
        "installer.macos.build",
        "installer.common.sign sums",
        "--draft",
    ):
        assert words in said


def test_actions_are_pinned_and_only_publishing_may_write(workflow):
    used = [step["uses"] for job in workflow["jobs"].values() for step in job["steps"] if "uses" in step]
    assert used
    assert all(re.fullmatch(r"actions/[\w-]+@v\d+\.\d+\.\d+", one) for one in used)
    assert workflow["permissions"] == {"contents": "read"}
    assert [name for name, job in workflow["jobs"].items() if "permissions" in job] == ["publish"]


def test_every_word_of_make_and_every_module_is_there(workflow):
    said = PATH.read_text("utf-8")
    makefile = (ROOT / "Makefile").read_text("utf-8")
    for word in re.findall(r"\bmake ([a-z-]+)", said):
        assert re.search(rf"^{word}:", makefile, re.MULTILINE), word
    for module in re.findall(r"-m (installer[.\w]+)", said):
        assert Path(ROOT, *module.split(".")).with_suffix(".py").is_file(), module


def test_secrets_come_from_secrets_and_each_may_be_missing(workflow):
    steps = [step for job in workflow["jobs"].values() for step in job["steps"] if "secrets." in str(step)]
    assert steps
    for step in steps:
        assert "secrets." not in step["run"]
        assert "::warning::NOT" in step["run"] or "installer.common.sign" in step["run"]
