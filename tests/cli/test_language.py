"""Commands speak Indonesian unless asked otherwise, Click's own sentences included."""

from __future__ import annotations

import ast
import subprocess
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from soptui.cli.app import soptui
from soptui.cli.base import Argument
from soptui.cli.click_words import SENTENCES
from tests.support.commands import Terminal, typed

# Said only to whoever writes a program with Click, or on systems that soptui does not run on.
_FOR_PROGRAMMERS = {
    "Value must be an iterable.",
    "Could not determine name for option with declarations {decls!r}",
    "Arguments take exactly one parameter declaration, got {length}: {decls}.",
    "Name '{name}' defined twice",
    "Boolean option {decl!r} cannot use the same flag for true/false.",
    "Invalid start character for option ({option})",
    "Unknown color {colour!r}",
    "Unknown standard stream '{name}'",
    "Windows error: {error}",
    "DeprecationWarning: The command {name!r} is deprecated.{extra_message}",
    "DeprecationWarning: The {param_type} {name!r} is deprecated.{extra_message}",
    (
        "No options defined but a name was passed ({name}). Did you mean to declare an argument "
        "instead? Did you mean to pass '--{name}'?"
    ),
    "%(prog)s, version %(version)s",
    "Show the version and exit.",
    "{editor}: Editing failed",
    "{editor}: Editing failed: {e}",
    "Choice({choices})",
    "d",
    "{value!r} is not a valid UUID.",
    "{value!r} does not match the format {format}.",
}


def _said_by_click() -> Iterator[str]:
    """The first msgid of each call of gettext in the installed Click."""
    for path in Path(click.__file__).parent.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Name)
                and node.func.id in ("_", "ngettext")
                and isinstance(node.args[0], ast.Constant)
            ):
                yield str(node.args[0].value)


def test_every_sentence_of_click_is_known() -> None:
    known = {one if isinstance(one, str) else one[0] for one in SENTENCES}
    assert set(_said_by_click()) - known - _FOR_PROGRAMMERS == set()


@pytest.fixture
def indonesian(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SOPTUI_LANG")
    monkeypatch.setenv("LANG", "en_GB.UTF-8")


@pytest.mark.usefixtures("indonesian")
@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--help"], "Pemakaian: soptui [OPSI] PERINTAH [ARGUMEN]..."),
        (["--help"], "Tampilkan bantuan ini."),
        (["dispose", "--help"], "Instruksi bernomor pada lembar disposisi."),
        (["officer", "--help"], "Daftarkan seorang pegawai."),
        (["show"], "Argumen kurang 'BERKAS'."),
        (["salah"], "Tidak ada perintah 'salah'."),
        (["list", "--salah"], "Tidak ada opsi '--salah'."),
        (["list", "--limit", "x"], "bukan"),
        (["list", "--sort", "x"], "bukan salah satu dari"),
        (["show", "a", "b"], "Ada argumen berlebih (b)"),
        (["officer", "post", "x"], "Coba 'soptui officer post --help' untuk bantuan."),
        (["inbox"], "Tidak ada"),
    ],
)
def test_indonesian_is_the_default(words: list[str], said: str) -> None:
    result = typed(*words)
    assert said in " ".join(result.output.split())


@pytest.mark.usefixtures("indonesian")
def test_no_english_is_left_in_the_help() -> None:
    english = ("the ", " and ", "Usage", "Options", "Commands", "Error", "Only ", " of ", "SOURCE")
    for command in _all(soptui, []):
        shown = typed(*command, "--help").stdout
        found = [word for word in english if word in shown]
        assert not found, (command, found, shown)


def test_what_is_found_is_told_without_names_of_the_program(terminal: Terminal) -> None:
    checked = terminal.run("camat-1", "--lang", "id", "sop", "check", "pengukuran-data-kinerja")
    told = " ".join(checked.stdout.split())
    for name, label in {
        "kind": "Jenis langkah",
        "distinct_from": "Orang lain dari langkah",
        "return_reasons": "Alasan",
    }.items():
        assert f"mohon dikonfirmasi: {name} " not in told
        assert f"mohon dikonfirmasi: {label}" in told

    git = ["git", "-C", str(terminal.root), "-c", "user.name=X", "-c", "user.email=x@y"]
    forged = ["commit", "-q", "--allow-empty", "--no-gpg-sign", "-m", "forged"]
    subprocess.run([*git, *forged], check=True)
    for words in (["verify"], ["audit"]):
        assert "kesalahan unsigned" in terminal.run("camat-1", "--lang", "id", *words).stdout


def _all(command: click.Command, path: list[str]) -> Iterator[list[str]]:
    yield path
    if isinstance(command, click.Group):
        ctx = click.Context(command)
        for name in command.list_commands(ctx):
            one = command.get_command(ctx, name)
            assert one is not None
            yield from _all(one, [*path, name])


def test_the_language_can_be_asked_for(terminal: Terminal, home: Path) -> None:
    assert "Tidak ada yang menunggu" in terminal.does("camat-1", "--lang", "id", "inbox")
    assert "Tidak ada yang menunggu" in terminal.does("camat-1", "inbox", "--lang=id")
    assert "Nothing waits" in terminal.does("camat-1", "inbox")


def test_the_configuration_can_choose_it(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SOPTUI_LANG")
    typed("config", "set", "lang", "en")
    assert "Nothing waits" in terminal.does("camat-1", "inbox")


def test_a_language_that_there_is_not() -> None:
    result = typed("--lang", "jv", "inbox")
    assert result.exit_code == 2
    assert "jv" in result.stderr


def test_what_stands_for_an_argument_is_in_the_catalogues() -> None:
    def arguments(command: click.Command, ctx: click.Context) -> Iterator[click.Argument]:
        if isinstance(command, click.Group):
            for name in command.list_commands(ctx):
                found = command.get_command(ctx, name)
                assert found is not None
                yield from arguments(found, ctx)
        yield from (one for one in command.params if isinstance(one, click.Argument))

    ctx = click.Context(soptui, info_name="soptui")
    found = list(arguments(soptui, ctx))
    assert len(found) > 30
    for one in found:
        assert isinstance(one, Argument)
        assert one.placeholder or isinstance(one.type, click.Choice), one.name
        if one.name == "year":
            assert "TAHUN" in one.make_metavar(ctx)
