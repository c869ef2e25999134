"""Which language the faces speak. It is chosen, never guessed from the terminal's locale."""

from __future__ import annotations

from collections.abc import Mapping

from soptui.domain.message import Message, Refusal

LANGUAGES = ("id", "en")
"""The languages there are, the default first."""

_current = LANGUAGES[0]


def language() -> str:
    """The code of the language in use."""
    return _current


def use(code: str) -> None:
    """Speak the language `code` from now on. Raises `Refusal` when there is no such language."""
    global _current  # noqa: PLW0603 (a process speaks one language to its one reader)
    if code not in LANGUAGES:
        raise Refusal(
            Message(
                "There is no language {code}; the language stays {current}. Choose one of: {all}.",
                code=code,
                current=_current,
                all=", ".join(LANGUAGES),
            )
        )
    _current = code


def choose(option: str | None, environment: Mapping[str, str], configured: str | None) -> str:
    """The language asked for: by the option, else SOPTUI_LANG, else the configuration, else `id`.

    LANG has no say: a server's locale is seldom its reader's choice.
    """
    return option or environment.get("SOPTUI_LANG") or configured or LANGUAGES[0]
