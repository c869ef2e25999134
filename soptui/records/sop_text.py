"""An SOP as a person wrote it, in any spelling of TOML, made canonical."""

from __future__ import annotations

import hashlib
import tomllib
from dataclasses import replace

from soptui.domain.message import Message, Refusal
from soptui.domain.sop import Sop
from soptui.records import codec
from soptui.records.sop_file import sop_from_document, sop_to_document


def canonical_sop(data: bytes) -> tuple[Sop, bytes]:
    """The SOP in `data` with the canonical bytes of its file. Raises `Refusal`.

    `data` may have comments and any layout; its keys may stand in any order.
    """
    if len(data) > codec.DOCUMENT_LIMIT:
        raise Refusal(Message("The file is too large for an SOP. Nothing was changed."))
    try:
        document = tomllib.loads(data.decode("utf-8"))
    except (ValueError, RecursionError) as error:
        raise Refusal(
            Message("The file is not valid TOML: {reason}. Nothing was changed.", reason=str(error))
        ) from None
    canonical = codec.emit_document(sop_to_document(sop_from_document(document, "")))
    sop = sop_from_document(codec.parse_document(canonical), "")
    return replace(sop, digest=hashlib.sha256(canonical).hexdigest()), canonical
