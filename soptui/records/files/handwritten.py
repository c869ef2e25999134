"""SOPs and calendars as a person wrote them, in any spelling of TOML, made canonical."""

from __future__ import annotations

import hashlib
import tomllib
from typing import Any

from soptui.domain.message import Message, Refusal
from soptui.domain.replace import replace
from soptui.domain.sop import Sop
from soptui.records.files import codec
from soptui.records.files.sop import sop_from_document, sop_to_document
from soptui.records.platform.plain_file import as_text


def canonical_sop(data: bytes) -> tuple[Sop, bytes]:
    """The SOP in `data` with the canonical bytes of its file. Raises `Refusal`.

    `data` may have comments and any layout; its keys may stand in any order.
    """
    canonical = codec.emit_document(sop_to_document(sop_from_document(read_handwritten(data), "")))
    sop = sop_from_document(codec.parse_document(canonical), "")
    return replace(sop, digest=hashlib.sha256(canonical).hexdigest()), canonical


def read_handwritten(data: bytes) -> dict[str, Any]:
    """The tables of a record file that a person wrote. Raises `Refusal`."""
    if len(data) > codec.DOCUMENT_LIMIT:
        raise Refusal(
            Message("The file is too large for the records. Nothing was changed. Shorten it.")
        )
    try:
        return tomllib.loads(as_text(data).decode("utf-8"))
    except UnicodeDecodeError:
        raise Refusal(
            Message(
                "The file is not in the encoding UTF-8. Nothing was changed. Save it in UTF-8 and "
                "try again."
            )
        ) from None
    except (ValueError, RecursionError) as error:
        raise Refusal(
            Message(
                "The file is not valid TOML: {reason}. Nothing was changed. Correct it and try "
                "again.",
                reason=str(error),
            )
        ) from None
