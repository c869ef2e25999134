"""The keys that a person has chosen for commands: which are valid, and how they are printed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Protocol, cast

from textual.binding import Binding
from textual.dom import DOMNode
from textual.keys import _character_to_key

from soptui.domain.message import N_, Message
from soptui.locale import _
from soptui.tui.keys.commands import COMMANDS, Command, command_of

RESERVED = frozenset({"ctrl+c", "ctrl+q", "ctrl+l"})
"""Keys that do the same on every screen, whatever is set."""

_HEARD_IN_A_FIELD = re.compile(r"(shift\+)?f\d+|ctrl\+[a-z]|(shift\+)?tab|escape|insert")

_NOT_IN_TEXT = re.compile(r"((ctrl|shift)\+)*f\d+|ctrl\+[a-gk-ln-z]")
"""Keys that no pasted text can hold: neither letters and signs, nor Enter, Tab or a line feed."""

_ALIASES = {
    "esc": "escape", "pgup": "pageup", "pgdn": "pagedown", "del": "delete",
    # To a terminal these are one and the same.
    "ctrl+i": "tab", "ctrl+m": "enter", "ctrl+[": "escape",
}  # fmt: skip

Keys = tuple[str, ...]


class _KnowsKeys(Protocol):
    """The app, of which no more is asked here."""

    def keys_of(self, command: Command) -> Keys: ...


def printed_keys(node: DOMNode, command_id: str) -> tuple[str, ...]:
    """The keys of a command as this person has them, the usual one first."""
    app = cast("_KnowsKeys", node.app)
    return tuple(map(key_name, app.keys_of(command_of(command_id))))


def printed_key(node: DOMNode, command_id: str) -> str:
    """The usual key of a command."""
    return printed_keys(node, command_id)[0]


def name_of(key: str) -> str:
    """Textual's name of a key as people write it: `/` is `slash`, `Esc` is `escape`."""
    if len(key) == 1:
        return _character_to_key(key)
    plain = key.strip().lower().replace("ctrl-", "ctrl+")
    return _ALIASES.get(plain, plain)


def chosen_keys(wanted: Mapping[str, Keys]) -> tuple[dict[str, Keys], tuple[Message, ...]]:
    """The keys that can be taken, by command, and a sentence for each that cannot.

    A key is refused that another command of the same screen has; two commands may trade theirs.
    """
    known = {one.id: one for one in COMMANDS}
    taken: dict[str, Keys] = {}
    wrong: list[Message] = []
    for command_id, keys in wanted.items():
        names = tuple(dict.fromkeys(map(name_of, keys)))
        reserved = RESERVED.intersection(names).difference(
            known[command_id].keys if command_id in known else ()
        )
        if command_id not in known:
            wrong.append(
                Message("There is no command {command}; its keys are ignored.", command=command_id)
            )
        elif reserved:
            wrong.append(_refused(command_id, min(reserved), ""))
        elif pasted := _pasted_keys(known[command_id], names):
            wrong.append(
                Message(
                    "{key} cannot be given to {command}: it can stand in pasted text, and what "
                    "this key does cannot be taken back. Take a function key, or Ctrl with "
                    "another letter. The usual keys hold.",
                    key=min(pasted),
                    command=command_id,
                )
            )
        elif writing := _writing_keys(known[command_id], names):
            wrong.append(
                Message(
                    "{key} cannot be given to {command}: in a field it writes or moves. Take a "
                    "function key, or Ctrl with another letter. The usual keys hold.",
                    key=min(writing),
                    command=command_id,
                )
            )
        else:
            taken[command_id] = names
    while (clash := _clash(taken, known)) is not None:
        command_id, key, other = clash
        del taken[command_id]
        wrong.append(_refused(command_id, key, other))
    return taken, tuple(wrong)


def _pasted_keys(command: Command, names: Keys) -> set[str]:
    """Those of the keys that pasted text can hold, of a command whose effect lasts."""
    if not command.lasting:
        return set()
    return {name for name in names if not _NOT_IN_TEXT.fullmatch(name)}


def _writing_keys(command: Command, names: Keys) -> set[str]:
    """Those of the keys that a form would never hear of, since its fields take them."""
    if command.screens != ("form",):
        return set()
    from textual.widgets import Input, TextArea

    bound = Binding.make_bindings([*Input.BINDINGS, *TextArea.BINDINGS])
    taken = {one.key for one in bound}
    new = set(names).difference(command.keys)
    return {name for name in new if name in taken or not _HEARD_IN_A_FIELD.fullmatch(name)}


def _clash(taken: Mapping[str, Keys], known: Mapping[str, Command]) -> tuple[str, str, str] | None:
    """A chosen command, its key, and the other command of that key; the last chosen first."""
    for command_id in reversed(list(taken)):
        mine = known[command_id]
        for other in COMMANDS:
            if other.id == command_id or not set(other.screens) & set(mine.screens):
                continue
            shared = set(taken[command_id]) & set(taken.get(other.id, other.keys))
            if shared:
                return command_id, min(shared), other.id
    return None


def _refused(command_id: str, key: str, other: str) -> Message:
    if not other:
        return Message(
            "{key} cannot be given to {command}: it does the same on every screen. The usual keys "
            "hold.",
            key=key,
            command=command_id,
        )
    return Message(
        "{key} cannot be given to {command}: it is the key of {other}. The usual keys hold.",
        key=key,
        command=command_id,
        other=other,
    )


_KEYS = {
    "slash": "/",
    "comma": ",",
    "full_stop": ".",
    "left_square_bracket": "[",
    "right_square_bracket": "]",
    "colon": ":",
    "question_mark": "?",
    "plus": "+",
    "underscore": "_",
    "enter": N_("Enter"),
    "space": N_("Space"),
    "escape": "Esc",
    "tab": "Tab",
    "shift+tab": "Shift+Tab",
    "up": "↑",
    "down": "↓",
    "left": "←",
    "right": "→",
    "pageup": "PgUp",
    "pagedown": "PgDn",
    "home": "Home",
    "end": "End",
}


def key_name(key: str) -> str:
    """A key as it is printed on the keyboard."""
    if key in _KEYS:
        return _(_KEYS[key])
    if key.startswith("ctrl+"):
        return f"Ctrl+{key[5:].upper()}"
    return key.upper() if len(key) > 1 and key[0] == "f" else key
