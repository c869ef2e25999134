"""An office is set up: its first records, found from everywhere, over nothing else."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

import pytest

from tests.support.commands import typed

INIT = ("init", "office", "--id", "sekretaris-1", "--name", "Sekretaris Contoh, S.Sos.",
        "--mail", "sekretaris@ajibarang.test", "--nip", "19670701 199109 1 001",
        "--office-name", "Kecamatan Uji")  # fmt: skip
STARTER = ("--starter", "pengukuran-data-kinerja")


def new_key(path: str) -> str:
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", path], check=True)
    return path


def test_an_office_is_set_up_and_at_once_usable(home: Path) -> None:
    made = typed(*INIT, "--make-key", "key", *STARTER, "--post", "sekretaris")
    assert made.exit_code == 0, made.output
    assert "Fingerprint SHA256:" in " ".join(made.stdout.split())

    os.chdir("office")
    who = typed("whoami").stdout
    assert "Sekretaris Contoh, S.Sos. (sekretaris-1)" in who
    assert "Kecamatan Uji" in who
    assert "Administrator" in who
    assert "Sekretaris" in who
    assert "196707011991091001" in who
    assert "pengukuran-data-kinerja" in typed("sop", "list").stdout
    assert typed("verify", "--full").exit_code == 0
    # Stock Git holds the signature good too.
    subprocess.run(["git", "verify-commit", "HEAD"], check=True, capture_output=True)
    assert subprocess.run(["git", "status", "--short"], capture_output=True).stdout == b""


def test_an_office_is_set_up_with_a_key_that_is_there(home: Path) -> None:
    made = typed(*INIT, "--key", new_key("mine"))
    assert made.exit_code == 0, made.output
    assert typed("--records", "office", "whoami").exit_code == 0


def test_an_office_is_the_one_that_was_named_and_no_other(home: Path) -> None:
    name = "Kecamatan Cilongok"
    made = typed(*INIT, "--make-key", "key", "--office-name", name)
    assert made.exit_code == 0, made.output
    assert f"Office {name} (kecamatan-cilongok)" in " ".join(made.stdout.split())
    text = Path("office/office.toml").read_text()
    assert f'id = "kecamatan-cilongok"\nname = "{name}"\nutc_offset = 420' in text
    assert "Jalan" not in text


def test_on_a_terminal_the_office_is_asked_for(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("soptui.cli.output.is_terminal", lambda _stream: True)
    answers = "Kecamatan Cilongok\n\nKabupaten Banyumas\n\nSeksi Pelayanan\nkesra=Kesra\n\n"
    made = typed(*INIT, "--make-key", "key", "--office-name", "", stdin=answers)
    assert made.exit_code == 0, made.output
    assert "[kecamatan-cilongok]" in made.stdout
    assert (
        'id = "kecamatan-cilongok"\nname = "Kecamatan Cilongok"\nregency = "Kabupaten Banyumas"\n'
        "utc_offset" in Path("office/office.toml").read_text()
    )
    sections = (
        '[[units]]\nid = "seksi-pelayanan"\ntitle = "Seksi Pelayanan"\n\n[[units]]\nid = "kesra"'
    )
    assert sections in Path("office/office.toml").read_text()


def test_an_office_begins_with_nothing_of_another_office(home: Path) -> None:
    made = typed(*INIT, "--make-key", "key", "--section", "Seksi Pelayanan Umum", "--section",
                 "kia=Kesehatan Ibu dan Anak")  # fmt: skip
    assert made.exit_code == 0, made.output
    text = Path("office/office.toml").read_text()
    assert 'id = "seksi-pelayanan-umum"\ntitle = "Seksi Pelayanan Umum"' in text
    assert 'id = "kia"\ntitle = "Kesehatan Ibu dan Anak"' in text
    assert "Pemerintahan" not in text
    assert "classifications" not in text
    assert "Ajibarang" not in text
    assert not Path("office/sops").exists()
    # What comes next is told, and doctor tells the first of it.
    told = " ".join(made.stdout.split())
    assert '1. Give the office its first SOP: soptui sop new "TITLE"' in told
    os.chdir("office")
    assert "first SOP" in " ".join(typed("doctor").stdout.split())
    assert "have no SOP yet, so there is nothing to count" in " ".join(
        typed("board").stderr.split()
    )
    assert typed("verify", "--full").exit_code == 0


def test_the_steps_of_an_office_are_told_until_its_first_case(home: Path) -> None:
    assert typed(*INIT, "--make-key", "key").exit_code == 0
    os.chdir("office")

    def next_step() -> str:
        lines = typed("doctor", "--json").stdout
        found = [one["told"] for one in json.loads(lines) if one["name"] == "next"]
        return found[0] if found else ""

    assert "Name the sections" in next_step()
    assert typed("office", "add", "section", "kesra", "Seksi Kesra", "--sure").exit_code == 0
    assert "first SOP" in next_step()
    assert typed("sop", "add", "pengukuran-data-kinerja").exit_code == 0
    assert "classification codes" in next_step()
    words = ("office", "import", "permendagri-83-2022", "--only", "000.8", "--sure")
    assert typed(*words).exit_code == 0
    assert "Nobody holds these posts" in next_step()
    for role in ("staff-penerima-surat", "camat", "sekretaris", "kasubbag-pk", "staff"):
        assert typed("officer", "post", "sekretaris-1", role).exit_code == 0, role
    assert next_step() == ""


def test_after_setting_up_the_records_are_found_from_everywhere(home: Path) -> None:
    assert "There are no records in" in typed("whoami").stderr
    assert typed(*INIT, "--key", new_key("mine")).exit_code == 0
    assert "sekretaris-1" in typed("whoami").stdout
    assert typed("config", "get", "records").stdout == f"{home}/office\n"

    # Others do not take their place, but are what is meant where one stands in them.
    second = ["other" if word == "office" else word for word in INIT]
    assert typed(*second, "--key", "mine", "--office-name", "Lain").exit_code == 0
    assert "Kecamatan Uji" in typed("whoami").stdout
    os.chdir("other")
    assert "Lain" in typed("whoami").stdout
    # Some other work in Git is no records.
    subprocess.run(["git", "init", "-q", "-b", "main", f"{home}/program"], check=True)
    os.chdir(home / "program")
    assert "Kecamatan Uji" in typed("whoami").stdout


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["--key", "nowhere"], 5, "There is no usable public key"),
        ([], 5, "have one made with --make-key"),
        (["--make-key", "mine"], 5, "already a file"),
        (["--key", "mine", "--post", "sekretaris"], 1, "has no SOP yet, and roles are those of"),
        (["--key", "mine", *STARTER, "--post", "bupati"], 1, "No SOP has a role bupati"),
        (["--key", "mine", *STARTER, "--post", "kasubbag-seksi-lain"], 1, "Name the section"),
        (["--key", "mine", "--starter", "cuti"], 1, "There are: pengukuran-data-kinerja"),
        (["--key", "mine", "--section", "="], 2, "names no section"),
        (["--key", "mine", "--section", "Seksi A", "--section", "Seksi A"], 1, "seksi-a twice"),
        (["--key", "mine", "--id", "aux"], 1, "Windows keeps the name aux"),
        (["--key", "mine", "--nip", "123"], 1, "18 digits"),
        (["--key", "mine", "--id", "Sekretaris"], 1, "id"),
        (["--key", "mine", "--name", "a\x1bb"], 2, "U+001B"),
        (["--key", "mine", "--utc-offset", "5000"], 1, "utc_offset"),
        (["--key", "mine", "--office-name", ""], 1, "Which office is it?"),
        (["--key", "mine", "--office-name", "2026"], 1, "Give one with --office-id"),
    ],
)
def test_what_keeps_an_office_from_being_set_up_leaves_nothing(
    home: Path, words: list[str], code: int, said: str
) -> None:
    new_key("mine")
    refused = typed(*INIT, *words)
    assert refused.exit_code == code, refused.output
    assert said in " ".join(refused.stderr.split()), refused.stderr
    assert not Path("office").exists()


def test_an_office_is_not_set_up_over_something_else(home: Path) -> None:
    Path("office").mkdir()
    Path("office/note.txt").write_text("mine")
    refused = typed(*INIT, "--make-key", "key")
    assert refused.exit_code == 1
    assert "not empty" in refused.stderr
    assert not Path("key").exists()
