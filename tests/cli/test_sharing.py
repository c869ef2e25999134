"""Sharing from the command line, from the first hub to a colleague's first act."""

from __future__ import annotations

import json
import os
import re
import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.support.programs import SOPTUI
from tests.support.town import ADMIN, REGISTRAR, ROLES, Town, git


def soptui(
    *words: str,
    cwd: Path,
    code: int = 0,
    lang: str = "en",
    env: Mapping[str, str] | None = None,
) -> subprocess.CompletedProcess[str]:
    """Run the program as a person would."""
    done = subprocess.run(
        [*SOPTUI, *words], cwd=cwd, capture_output=True, text=True,
        check=False, stdin=subprocess.DEVNULL,
        env=os.environ | {"SOPTUI_LANG": lang} | dict(env or {}),
    )  # fmt: skip
    assert done.returncode == code, f"{words}: {done.stdout}{done.stderr}"
    return done


def at(town: Town, officer: str) -> tuple[Path, dict[str, str]]:
    clone = town.clone(officer)
    return clone.root, {"SOPTUI_OFFICER": officer, "SOPTUI_KEY": str(town.keys.path(officer))}


def test_an_office_shares_from_the_command_line(town: Town, tmp_path: Path) -> None:
    root, admin = at(town, ADMIN)
    hub = tmp_path / "srv" / "records.git"
    shown = soptui("hub", "init", str(hub), cwd=root, env=admin).stdout
    assert town.first_trust().genesis in shown
    sent = soptui("sync", "--hub", str(hub), "--json", "--give-back", cwd=root, env=admin)
    assert json.loads(sent.stdout)["pushed"]
    assert "Nothing unsafe" in soptui("hub", "check", str(hub), cwd=root, env=admin).stdout
    keys = soptui("hub", "keys", str(hub), cwd=root, env=admin).stdout.splitlines()
    assert [line[:17] for line in keys] == ["restrict,command="] * len(ROLES)

    new = {"SOPTUI_KEY": str(tmp_path / "home" / "key"), "SOPTUI_STATE": str(tmp_path / "state")}
    folder, request = tmp_path / "records", tmp_path / "request"
    root_of_office = town.first_trust()
    paper = ("--commit", root_of_office.genesis, "--fingerprint", root_of_office.signer)
    wrong = soptui("join", str(hub), str(folder), *paper[:3], "SHA256:" + "x" * 43, cwd=tmp_path,
                   code=1, env=new)  # fmt: skip
    assert "Nothing was changed" in wrong.stderr
    # The passphrase of the new key is asked for, and nobody answers.
    asked = (*paper, "--id", "staf-9", "--name", "Staf", "--mail", "staf@uji.test")
    soptui("join", str(hub), str(folder), *asked, cwd=tmp_path, code=130, env=new)
    assert not folder.exists()
    assert not Path(new["SOPTUI_KEY"]).exists()
    soptui(
        "join", str(hub), str(folder), *paper, "--id", "staf-9", "--name", "Staf",
        "--mail", "staf@ajibarang.test", "--passphrase", "", "--request", str(request),
        cwd=tmp_path, env=new,
    )  # fmt: skip
    configured = soptui("config", "get", "records", cwd=tmp_path, env=new).stdout
    assert configured == f"{folder}\n"
    accepted = soptui("accept", str(request), "--post", "staff-penerima-surat", cwd=root, env=admin)
    assert "Next: soptui sync." in accepted.stdout
    soptui("sync", cwd=root, env=admin)
    assert "Came in: 1." in soptui("sync", cwd=folder, env=new).stdout
    soptui(
        "register", "--number", "1", "--date", "2026-01-02", "--sender", "Bupati",
        "--subject", "Data", cwd=folder, env=new,
    )  # fmt: skip
    assert "Terkirim" in soptui("sync", cwd=folder, lang="id", env=new).stdout
    state = json.loads(soptui("sync", "--status", "--json", cwd=folder, env=new).stdout)
    assert (state["ahead"], state["hub"]) == (0, str(hub))


def test_where_there_is_no_hub_nothing_is_said_of_what_waits_to_be_sent(town: Town) -> None:
    root, env = at(town, REGISTRAR)
    told = soptui("sync", "--status", cwd=root, env=env).stdout
    assert "Not sent yet" in told
    git(root, "config", "--unset", "remote.origin.url")
    told = soptui("sync", "--status", cwd=root, env=env).stdout
    assert "none" in told
    assert "Not sent yet" not in told
    state = json.loads(soptui("sync", "--status", "--json", cwd=root, env=env).stdout)
    assert (state["hub"], state["ahead"]) == ("", None)


def test_a_key_is_changed_in_ones_own_clone_as_the_manual_says(town: Town, tmp_path: Path) -> None:
    root, env = at(town, REGISTRAR)
    own = env | {"SOPTUI_KEY": ""}
    held = env | {"SOPTUI_KEY": str(town.keys.path(REGISTRAR))}
    admin_root, admin = at(town, ADMIN)
    new, request = str(tmp_path / "new"), root / f"{REGISTRAR}.soptui-request"
    asked = ("officer", "key", "request", REGISTRAR)
    assert "--key" in soptui(*asked, cwd=root, env=own, code=2).stderr
    soptui(*asked, "--key", new, "--passphrase", "", cwd=root, env=held)
    first = request.read_bytes()
    assert "already a file" in soptui(*asked, "--key", new, cwd=root, env=own, code=1).stderr
    assert request.read_bytes() == first
    soptui("accept", str(request), cwd=admin_root, env=admin)
    soptui("sync", cwd=admin_root, env=admin)
    soptui("sync", cwd=root, env=env)
    soptui("whoami", "--remember", "--key", new, cwd=root, env=own)
    soptui(
        "register", "--number", "1", "--date", "2026-01-02", "--sender", "Bupati",
        "--subject", "Data", cwd=root, env=own,
    )  # fmt: skip
    soptui("sync", cwd=root, env=own)
    old = town.keys.public(REGISTRAR).fingerprint
    soptui("sync", cwd=admin_root, env=admin)
    revoked = soptui("officer", "key", "revoke", REGISTRAR, old, "--reason", "diganti",
                     cwd=admin_root, env=admin)  # fmt: skip
    assert "Next: soptui sync." in revoked.stdout
    soptui("sync", cwd=admin_root, env=admin)
    soptui("sync", cwd=root, env=own)
    assert "No case fits" not in soptui("list", cwd=root, env=own).stdout
    assert Path(new).exists()


def test_disks_and_checkpoints_from_the_command_line(town: Town, tmp_path: Path) -> None:
    registrar = town.clone(REGISTRAR)
    registrar.register()
    root, admin = at(town, ADMIN)
    mine = {"SOPTUI_OFFICER": REGISTRAR, "SOPTUI_KEY": str(town.keys.path(REGISTRAR))}
    stick = tmp_path / "stick"
    stick.mkdir()
    soptui("disk", "export", str(stick), cwd=registrar.root, env=mine)
    (written,) = stick.iterdir()
    assert re.fullmatch(r"kecamatan-ajibarang-\d{4}-\d\d-\d\d\.bundle", written.name)
    disk, paper = tmp_path / "disk.sop", tmp_path / "checkpoint.txt"
    told = soptui("disk", "export", str(disk), cwd=registrar.root, lang="id", env=mine).stdout
    assert len({line.split("  ")[0] for line in told.splitlines()}) == 4, told
    assert "Came in: 1." in soptui("disk", "import", str(disk), cwd=root, env=admin).stdout
    disk.write_bytes(disk.read_bytes()[:-30])
    refused = soptui("disk", "import", str(disk), cwd=root, code=1, lang="id", env=admin)
    assert "Tidak ada yang berubah" in refused.stderr
    registrar.sync()
    printed = soptui("checkpoint", "sign", "--to", str(paper), cwd=registrar.root, env=mine).stdout
    assert printed.startswith("soptui-checkpoint 1\n")
    assert printed == paper.read_text()
    with_code = soptui("checkpoint", "sign", "--qr", cwd=registrar.root, env=mine).stdout
    assert len(with_code) > 2 * len(printed)
    assert max(map(len, with_code.splitlines())) <= 80
    sheet = tmp_path / "sheet.txt"
    sheet.write_text(with_code)
    assert "Confirmed" in soptui("checkpoint", "check", str(sheet), cwd=registrar.root,
                                 env=mine).stdout  # fmt: skip
    withheld = soptui("checkpoint", "check", str(paper), cwd=town.folder / "origin", code=4,
                      env=admin)  # fmt: skip
    assert "withheld" in withheld.stdout
    soptui("sync", cwd=root, env=admin)
    assert "Confirmed" in soptui("checkpoint", "check", str(paper), cwd=root, env=admin).stdout
    assert REGISTRAR in soptui("checkpoint", "show", cwd=root, env=admin).stdout


def test_serving_a_hub_by_hand_follows_no_python_path(town: Town, tmp_path: Path) -> None:
    trap, proof = tmp_path / "trap", tmp_path / "it ran"
    (trap / "soptui").mkdir(parents=True)
    # What only the server loads, so that the command itself comes as far as it.
    (trap / "resource.py").write_text(f"open({str(proof)!r}, 'w')\nraise SystemExit(3)\n")
    asked = {
        "PYTHONPATH": str(trap),
        "SSH_ORIGINAL_COMMAND": f"git-upload-pack '{town.hub}'",
    }
    words = ("hub", "serve", str(town.hub), "--officer", REGISTRAR)
    # Git waits for what is wanted, hears nothing, and ends.
    served = soptui(*words, cwd=tmp_path, env=asked, code=128)
    assert town.hub_tip() in served.stdout
    assert not proof.exists()


@pytest.mark.parametrize("word", ["sync", "disk", "join", "accept", "checkpoint", "hub"])
def test_every_command_explains_itself_in_indonesian(word: str, tmp_path: Path) -> None:
    said = soptui(word, "--help", cwd=tmp_path, lang="id").stdout
    assert said.startswith(f"Pemakaian: soptui {word} ")
