"""The text of an attachment, as far as it has one: what a terminal can show of a letter or a table.

Plain text is read here. What is packed (PDF, Word, OpenDocument, Excel) is read by a process of
its own (`soptui.records.attachments.text_worker`): an attachment comes from somebody else, and no
file may stop the screen, eat the memory or run on for ever.
"""

from __future__ import annotations

import json

from soptui.domain.attachment_text import AttachmentText, NoText
from soptui.records.platform.processes import own_process

MAXIMUM_CHARACTERS = 100_000
"""How much of a text is shown, in characters: some forty pages."""

_SECONDS = 20
_WORKER = "soptui.records.attachments.text_worker"
_PACKED = {b"%PDF-": "pdf", b"PK\x03\x04": "zip"}
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\x00", b"MM\x00*", b"RIFF")
_LONGEST_MARK = 8
_PLAIN_CONTROLS = frozenset("\n\r\t\f")


def text_of(content: bytes) -> AttachmentText:
    """The text of a file, whatever its name says it is. Raises `NoText`.

    Known are text in UTF-8 or UTF-16, PDF, Word (docx), OpenDocument and Excel (xlsx). May take
    seconds.
    """
    packed = next((kind for mark, kind in _PACKED.items() if content.startswith(mark)), "")
    text = _unpacked(packed, content) if packed else _plain(content)
    if not text.strip():
        raise NoText("scan" if packed else "unknown")
    return AttachmentText(text[:MAXIMUM_CHARACTERS], len(text) <= MAXIMUM_CHARACTERS)


def _plain(content: bytes) -> str:
    if content[:_LONGEST_MARK].startswith(_PICTURES):
        raise NoText("picture")
    # Some bytes more than characters are shown, for those that take several.
    start = content[: 4 * (MAXIMUM_CHARACTERS + 1)]
    encoding = "utf-16" if start.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
    text = start.decode(encoding, "replace").removesuffix("\ufffd")
    odd = sum(one == "\ufffd" or (one < " " and one not in _PLAIN_CONTROLS) for one in text)
    if odd:
        raise NoText("unknown")
    return text.replace("\r\n", "\n").expandtabs()


def _unpacked(kind: str, content: bytes) -> str:
    import subprocess

    command, environment = own_process(_WORKER, kind, str(MAXIMUM_CHARACTERS + 1))
    try:
        done = subprocess.run(
            command, input=content, capture_output=True, timeout=_SECONDS, env=environment,
            check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        raise NoText("long") from None
    if done.returncode != 0:
        raise NoText("damaged")
    code, text = json.loads(done.stdout)
    if code:
        raise NoText(code)
    return str(text)
