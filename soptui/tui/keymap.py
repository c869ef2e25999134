"""Keys that a person has chosen for commands, taken only where they are clear."""

from __future__ import annotations

from collections.abc import Mapping

from textual.keys import KEY_ALIASES, _character_to_key

from soptui.domain.message import Message
from soptui.tui.commands import COMMANDS, Command

RESERVED = frozenset({"ctrl+c", "ctrl+q", "ctrl+l"})
"""Keys that do the same on every screen, whatever is set."""

Keys = tuple[str, ...]


def name_of(key: str) -> str:
    """Textual's name of a key as people write it: `/` is `slash`, `Esc` is `escape`."""
    if len(key) == 1:
        return _character_to_key(key)
    plain = key.strip().lower().replace("ctrl-", "ctrl+")
    aliases = {"esc": "escape", "pgup": "pageup", "pgdn": "pagedown", "del": "delete"}
    return aliases.get(plain, KEY_ALIASES.get(plain, [plain])[0])


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
        else:
            taken[command_id] = names
    while (clash := _clash(taken, known)) is not None:
        command_id, key, other = clash
        del taken[command_id]
        wrong.append(_refused(command_id, key, other))
    return taken, tuple(wrong)


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
