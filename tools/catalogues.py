"""Keep the message catalogues in step with the code: `python -m tools.catalogues`.

Msgids are the literals given to `Message`, `N_`, `Nn_`, `_` and `_n` in the package, and to the
private functions that hand a parameter on to one of these. New ones are added to each catalogue
without a translation, unused ones leave it, and the compiled file is written beside it.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from string import Formatter

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from msgspec import Struct

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "soptui"
LOCALE = PACKAGE / "locale"
MARKERS = {"Message": (0,), "N_": (0,), "_": (0,), "_n": (0, 1), "Nn_": (0, 1)}
"""The functions that take msgids, and the places of these among the arguments."""

# These pass on msgids that others give them.
_PLUMBING = {PACKAGE / "domain" / "message.py", LOCALE / "translation.py"}


class Use(Struct, frozen=True):
    """A msgid in the code: its forms (one, or singular and plural) and where it stands."""

    forms: tuple[str, ...]
    path: str
    line: int


class NotLiteral(Exception):
    """A msgid is computed, so that no catalogue can hold it."""


def uses_in(source: str, path: str) -> list[Use]:
    """The msgids in a module's source, in their order. Raises `NotLiteral`."""
    module = ast.parse(source)
    markers = dict(MARKERS)
    passed_on: set[ast.Call] = set()
    found: list[tuple[int, int, Use]] = []
    for node in ast.walk(module):
        if isinstance(node, ast.FunctionDef) and node.name.startswith("_"):
            for call, place in _passed_on(node):
                passed_on.add(call)
                markers[node.name] = (place,)
    for node in ast.walk(module):
        if not isinstance(node, ast.Call) or node in passed_on:
            continue
        arguments = [node.args[place] for place in markers.get(_name_of(node), ())]
        # An entry of a table or a field of one: marked where the table is written.
        if not arguments or isinstance(arguments[0], ast.Subscript | ast.Attribute):
            continue
        forms = [_literals(argument) for argument in arguments]
        if not all(forms):
            raise NotLiteral(f"{path}:{node.lineno}: the msgid is not a literal")
        found.extend(
            (node.lineno, node.col_offset, Use(form, path, node.lineno))
            for form in zip(*forms, strict=True)
        )
    return [use for _, _, use in sorted(found, key=lambda item: item[:2])]


def _passed_on(function: ast.FunctionDef) -> Iterator[tuple[ast.Call, int]]:
    """The calls that pass a parameter on as a msgid, and its place among a caller's arguments."""
    parameters = [argument.arg for argument in function.args.args]
    if parameters[:1] == ["self"]:
        del parameters[0]
    for call in ast.walk(function):
        if isinstance(call, ast.Call) and _name_of(call) in MARKERS and call.args:
            text = call.args[0]
            if isinstance(text, ast.Name) and text.id in parameters:
                yield call, parameters.index(text.id)


def _name_of(call: ast.Call) -> str:
    match call.func:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
    return ""


def _literals(node: ast.expr) -> list[str]:
    """The texts that `node` can be, when each is a literal; else nothing."""
    match node:
        case ast.Constant(value=str(text)):
            return [text]
        case ast.IfExp(body=body, orelse=orelse):
            first, second = _literals(body), _literals(orelse)
            return first + second if first and second else []
    return []


def uses_in_package() -> list[Use]:
    """Every msgid of the package, in the order of files and lines."""
    return [
        use
        for path in sorted(PACKAGE.rglob("*.py"))
        if path not in _PLUMBING
        for use in uses_in(path.read_text("utf-8"), path.relative_to(ROOT).as_posix())
    ]


def fields_of(text: str) -> set[str]:
    """The names of the `{fields}` of a msgid or a translation."""
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def strings_of(value: str | tuple[str, ...] | list[str] | None) -> tuple[str, ...]:
    """The forms of a msgid or a translation, which Babel keeps bare when there is only one."""
    return (value or "",) if value is None or isinstance(value, str) else tuple(value)


def read(path: Path) -> Catalog:
    """The catalogue in a `.po` file."""
    with path.open("rb") as file:
        return read_po(file, locale=path.parents[1].name)


def updated(catalogue: Catalog, uses: list[Use]) -> Catalog:
    """`catalogue` with exactly the msgids of `uses`, its translations kept."""
    result = Catalog(
        locale=catalogue.locale,
        domain="soptui",
        header_comment="# What soptui says, in another language.",
        project="soptui",
        version="1",
        msgid_bugs_address="-",
        creation_date=catalogue.creation_date,
        revision_date=catalogue.revision_date,
        last_translator="soptui",
        language_team="soptui",
        fuzzy=False,
    )
    # Babel knows no plural forms of Indonesian, which has none.
    result.mime_headers = [
        (name, value) for name, value in catalogue.mime_headers if name == "Plural-Forms"
    ]
    places: dict[tuple[str, ...], list[str]] = {}
    for use in uses:
        files = places.setdefault(use.forms, [])
        if use.path not in files:
            files.append(use.path)
    for forms, files in places.items():
        old = catalogue.get(forms[0])
        result.add(
            forms if len(forms) > 1 else forms[0],
            string=old.string if old is not None else None,
            locations=[(file, 0) for file in files],
            flags={"python-brace-format"} if any(map(fields_of, forms)) else (),
        )
    return result


def written(catalogue: Catalog) -> bytes:
    """The `.po` file of a catalogue, in an order that makes readable differences."""
    file = BytesIO()
    write_po(file, catalogue, width=100, sort_output=True, include_lineno=False)
    return file.getvalue()


def compiled(catalogue: Catalog) -> bytes:
    """The `.mo` file of a catalogue."""
    file = BytesIO()
    write_mo(file, catalogue)
    return file.getvalue()


def untranslated(catalogue: Catalog) -> list[str]:
    """The msgids of a catalogue that have no translation."""
    return [
        str(message.id)
        for message in catalogue
        if message.id and not all(strings_of(message.string))
    ]


def main() -> int:
    """Update and compile every catalogue; the exit status is 1 when translations are missing."""
    uses = uses_in_package()
    missing = 0
    for path in sorted(LOCALE.glob("*/LC_MESSAGES/*.po")):
        catalogue = updated(read(path), uses)
        path.write_bytes(written(catalogue))
        path.with_suffix(".mo").write_bytes(compiled(catalogue))
        for msgid in untranslated(catalogue):
            missing += 1
            print(f"{path.relative_to(ROOT)}: no translation: {msgid}")
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
