"""A stranger's file whose parser has been taken over reaches nothing: no agent, file or network."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from soptui.records.attachments import confinement, worker
from soptui.records.attachments.readers import probe
from soptui.records.attachments.worker import OUT_OF_REACH, WorkerFailed, reached, read_apart
from soptui.records.platform import processes
from tests.records.attachments import hostile

HERE = Path(__file__).parent
READER = "hostile"
NOT_TO_BE_HAD = 77


@pytest.fixture
def planted(monkeypatch: pytest.MonkeyPatch) -> None:
    """The hostile reader can be loaded where the readers of soptui are."""
    folders = processes.library_folders
    monkeypatch.setattr(processes, "library_folders", lambda *names: [*folders(*names), str(HERE)])


@pytest.fixture
def world(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, str]]:
    """What a hostile parser would like: an agent with a key, a home, a service in the network."""
    key, agent = tmp_path / "id_ed25519", tmp_path / "agent"
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(key)], check=True)
    with (
        subprocess.Popen(["ssh-agent", "-D", "-a", str(agent)], stdout=subprocess.PIPE) as running,
        _service() as port,
        _abstract() as abstract,
    ):
        assert running.stdout is not None
        running.stdout.readline()
        monkeypatch.setenv("SSH_AUTH_SOCK", str(agent))
        subprocess.run(["ssh-add", "-q", str(key)], check=True, stderr=subprocess.DEVNULL)
        yield {
            "agent": str(agent),
            "abstract": abstract,
            "port": str(port),
            "key": str(key),
            "written": str(tmp_path / "written"),
            "parent": str(os.getpid()),
        }
        running.terminate()


class _Answering:
    """Greets whoever connects."""

    def __init__(self, line: socket.socket) -> None:
        self._line = line
        self._thread = threading.Thread(target=self._greet, daemon=True)
        line.listen()
        self._thread.start()

    def _greet(self) -> None:
        while True:
            try:
                peer, _ = self._line.accept()
            except OSError:
                return
            with peer:
                peer.sendall(b"hello")

    def close(self) -> None:
        self._line.shutdown(socket.SHUT_RDWR)
        self._line.close()
        self._thread.join()


class _service:  # noqa: N801 (a context)
    def __enter__(self) -> int:
        line = socket.create_server(("127.0.0.1", 0))
        self._answering = _Answering(line)
        return int(line.getsockname()[1])

    def __exit__(self, *_: object) -> None:
        self._answering.close()


class _abstract:  # noqa: N801 (a context)
    def __enter__(self) -> str:
        name = f"soptui-{os.getpid()}"
        line = socket.socket(socket.AF_UNIX)
        line.bind("\0" + name)
        self._answering = _Answering(line)
        return name

    def __exit__(self, *_: object) -> None:
        self._answering.close()


def hostile_in_the_worker(told: Mapping[str, str]) -> dict[str, str]:
    found: dict[str, str] = json.loads(read_apart(READER, json.dumps(told).encode()))
    return found


def hostile_with(code: str, told: Mapping[str, str], folder: Path) -> dict[str, str]:
    """What the hostile reader gets after `code` alone has shut it in."""
    words = f"import sys; sys.path[:0] = [{str(HERE)!r}, {str(Path.cwd())!r}]\n{code}"
    done = subprocess.run(
        [sys.executable, "-I", "-c", words], input=json.dumps(told).encode(),
        cwd=folder, stdout=subprocess.PIPE, check=False,
    )  # fmt: skip
    if done.returncode == NOT_TO_BE_HAD:
        pytest.skip("this system does not have that lock")
    found: dict[str, str] = json.loads(done.stdout)
    return found


@pytest.mark.usefixtures("planted")
def test_a_hostile_parser_in_the_worker_reaches_nothing(world: dict[str, str]) -> None:
    assert hostile_in_the_worker(world) == {}
    assert not Path(world["written"]).exists()


def test_its_honest_twin_outside_the_worker_reaches_everything(
    world: dict[str, str], tmp_path: Path
) -> None:
    """The attempts are real: whoever is not shut in gets the agent's keys, the file and the rest.

    Some need rights that not everybody who runs the tests has.
    """
    found = hostile_with("import hostile; sys.stdout.buffer.write("
                         "hostile.read(sys.stdin.buffer.read()))", world, tmp_path)  # fmt: skip
    privileged = {"trace", "power", "escape", "agent searched", "open files", "library"}
    assert found.keys() - {"inherited", "home"} >= hostile.ATTEMPTS.keys() - privileged
    assert "SSH_AUTH_SOCK" in found["inherited"]


ALONE = """
from soptui.records.attachments import confinement
import hostile
content = sys.stdin.buffer.read()
confinement.{layer}() or sys.exit(77)
sys.stdout.buffer.write(hostile.read(content)); sys.stdout.buffer.flush()
"""
AGENTS = {"agent", "agent in the abstract", "agent named by a variable", "agent searched"}
OUTSIDE = AGENTS | {"network", "datagrams", "key", "passwords", "folders", "written", "power",
                    "escape", "program", "library"}  # fmt: skip


@pytest.mark.parametrize("layer", ["leave_namespaces", "system_call_filter()"])
def test_each_lock_alone_keeps_agent_files_and_network_out_of_reach(
    layer: str, world: dict[str, str], tmp_path: Path
) -> None:
    """One of the two may be missing: a system that knows no user namespaces, or no libseccomp."""
    empty = tmp_path / "empty"
    empty.mkdir()
    found = hostile_with(ALONE.format(layer=layer), world, empty)
    assert found.keys() & OUTSIDE == set()


@pytest.mark.usefixtures("planted")
@pytest.mark.parametrize("endless", hostile.ENDLESS)
def test_what_has_no_end_is_ended(endless: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker, "_SECONDS", 2)
    with pytest.raises(WorkerFailed) as failed:
        read_apart(READER, json.dumps({"only": endless}).encode())
    if endless != "wait":  # which the system refuses, where it can
        assert failed.value.took_too_much is (endless in ("eat", "turn", "shout"))


def test_an_answer_is_no_longer_than_it_may_be(tmp_path: Path) -> None:
    """The system itself refuses what is written beyond: nothing fills memory or disk."""
    code = (
        "from soptui.records.attachments import confinement\nconfinement.limit()\n"
        "import os, hostile\n"
        "try:\n    hostile._talk()\nexcept OSError: pass\n"
    )
    out = tmp_path / "answer"
    words = f"import sys; sys.path[:0] = [{str(HERE)!r}, {str(Path.cwd())!r}]\n{code}"
    with out.open("wb") as answer:
        subprocess.run([sys.executable, "-I", "-c", words], stdout=answer, check=True)
    assert out.stat().st_size == confinement.MOST_OUTPUT


def test_processor_time_is_bounded_also_where_nobody_waits() -> None:
    assert confinement.MOST_SECONDS < worker._SECONDS
    assert worker._was_stopped(-signal.SIGXCPU)
    assert not worker._was_stopped(-signal.SIGSEGV)


def test_the_folder_in_which_a_file_is_read_is_gone_afterwards(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(folder))
    read_apart("soptui.records.attachments.readers.probe", b"")
    assert list(folder.iterdir()) == []


def test_a_system_that_can_do_either_lets_a_worker_reach_nothing() -> None:
    assert reached() == frozenset()


def test_what_a_system_cannot_keep_out_of_reach_is_found_by_trying(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Here no lock is shut, as on a system that knows neither."""
    monkeypatch.chdir(tmp_path)
    assert set(probe.read(b"").decode().split()) == OUT_OF_REACH
