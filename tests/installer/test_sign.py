import base64
import hashlib

import pytest

from app.updates.signed import checksums, is_listed
from installer.common import sign


@pytest.fixture
def key():
    return sign.new_key()


@pytest.fixture
def release(tmp_path, key):
    (tmp_path / "counterbell-0.1.0-setup.exe").write_bytes(b"setup")
    (tmp_path / "release.json").write_bytes(b"{}")
    sign.sign(sign.write_list(tmp_path), key[0])
    return tmp_path


def test_the_list_is_what_sha256sum_prints(release):
    digest = hashlib.sha256(b"setup").hexdigest()
    assert (release / "SHA256SUMS").read_text().splitlines()[0] == f"{digest}  counterbell-0.1.0-setup.exe"
    assert len(base64.b64decode((release / "SHA256SUMS.sig").read_text())) == 64


def test_the_program_believes_in_what_is_signed(release, key):
    listed, signature = ((release / name).read_bytes() for name in ("SHA256SUMS", "SHA256SUMS.sig"))
    sums = checksums(listed, signature, (base64.b64decode(key[1]),))
    assert is_listed("release.json", b"{}", sums)
    assert checksums(listed, signature, (base64.b64decode(sign.new_key()[1]),)) is None


def test_what_was_changed_afterwards_is_found(release, key):
    assert sign.wrong(release, key[1]) == ""
    assert "not a signature" in sign.wrong(release, sign.new_key()[1])
    (release / "release.json").write_bytes(b"{ }")
    assert "release.json" in sign.wrong(release, key[1])
    sign.write_list(release)
    assert "SHA256SUMS.sig cannot be read" in sign.wrong(release, key[1])


def test_without_a_key_it_says_so_loudly(release, monkeypatch, capsys):
    monkeypatch.delenv(sign.KEY, raising=False)
    assert sign.main(["sums", str(release)]) == 0
    assert "NOT SIGNED" in capsys.readouterr().out
    assert not (release / "SHA256SUMS.sig").exists()


def test_the_command_line_signs_and_checks(release, key, monkeypatch, capsys):
    monkeypatch.setenv(sign.KEY, key[0])
    assert sign.main(["sums", str(release)]) == 0
    assert sign.main(["check", str(release), key[1]]) == 0
    (release / "counterbell-0.1.0-setup.exe").unlink()
    assert sign.main(["check", str(release), key[1]]) == 1
    assert "setup.exe" in capsys.readouterr().out
    assert sign.main(["key"]) == 0
    assert sign.main([]) == 2
