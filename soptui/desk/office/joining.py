"""Coming to an office: looking at its records, trusting them, and asking to be registered."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from soptui.desk.clone import Clone
from soptui.desk.keys import hub_keys, owner_at_hand
from soptui.desk.office.administration import refuse_known_key
from soptui.desk.office.people import as_typed, person_as_typed, refuse_reserved
from soptui.domain.findings import TrustRoot
from soptui.domain.ids import NOBODY, OfficerId
from soptui.domain.message import Message, Misread, Refusal
from soptui.domain.office import Key, Officer, Registry
from soptui.domain.replace import replace

if TYPE_CHECKING:
    from soptui.records.keys.signing import Signer
    from soptui.records.sharing.join import Candidate

USUAL_KEY = Path("~/.ssh/id_ed25519")


class Offer(Struct, frozen=True):
    """Records that are good in themselves, before anyone has said that they are the office's own.

    `root` is to be compared with the paper; `founder` is whose key signed the first commit.
    `commits` counts all that was verified.
    """

    office: str
    root: TrustRoot
    founder: Officer
    commits: int
    registry: Registry
    candidate: Candidate


@contextmanager
def look_at_records(
    source: str,
    folder: Path,
    *,
    key: Path | None = None,
    progress: Callable[[str], None] | None = None,
) -> Iterator[Offer]:
    """The records at a hub's address or in a file, verified in themselves but not trusted yet.

    `key` is one's own, where it is named. Raises `Refusal`, among them `NotJoined`; nothing was
    changed then.
    """
    from soptui.records.sharing.join import open_candidate

    keys = hub_keys(source, key)
    with open_candidate(source, folder, signers=keys, progress=progress) as found:
        commits = found.report.commits
        yield Offer(found.office, found.root, found.founder, commits, found.registry, found)


def join_office(offer: Offer) -> Clone:
    """Make the clone and trust it. Its root must have been compared with the paper before.

    Raises `OSError`.
    """
    from soptui.records.sharing.join import accept_candidate

    return Clone(accept_candidate(offer.candidate))


def signer_at_hand(registry: Registry, configured: Path | None) -> tuple[OfficerId, Signer | None]:
    """The officer whose key is at hand, and the key; both are empty when none is registered."""
    from soptui.records.platform.openssh import SigningRefusal

    try:
        return owner_at_hand(registry, configured)
    except SigningRefusal:
        return NOBODY, None


def own_key(configured: Path | None, passphrase: Callable[[], str]) -> Signer:
    """One's own key: the one named, else the usual one; made, with a passphrase, if there is none.

    Raises `SigningRefusal`.
    """
    from soptui.records.keys.signing import Signer, make_key, public_key_of

    path = (configured or USUAL_KEY).expanduser()
    if path.exists():
        return Signer(public_key_of(path), path)
    return Signer(make_key(path, "soptui", passphrase()), path)


def request_of(
    root: TrustRoot,
    registry: Registry,
    id_: OfficerId,
    person: Mapping[str, str],
    signer: Signer,
    *,
    old: Signer | None = None,
) -> bytes:
    """The signed request to be registered in the records whose trust root is `root`.

    `person` has `name`, `mail`, `nip` and `rank`; of whom the records know, what they have counts,
    and the request is for one more key, which the key `old` that they hold signs as well. Without
    it an administrator takes the request for that of a stranger, or of somebody who has lost their
    key. Raises `Refusal`.
    """
    from soptui.records.files.office import officer_from_document, officer_to_document
    from soptui.records.keys.key_proof import sign_key
    from soptui.records.sharing.request import write_request

    refuse_reserved(id_)
    known = registry.officers.get(id_)
    if known is not None:
        refuse_known_key(known, signer.public_key.text)
    public = signer.public_key.text
    signature = sign_key(root.genesis, id_, public, old) if known and old else ""
    now = datetime.now(UTC).replace(microsecond=0)
    asking = replace(
        known or person_as_typed(id_, **person),
        posts=(),
        keys=(Key(public, now, signature=signature),),
    )
    with as_typed():
        officer_from_document(officer_to_document(asking))
    return write_request(root, asking, signer)


def refuse_unnamed(registry: Registry, id_: str, person: Mapping[str, str]) -> None:
    """Raises `Misread` when somebody whom the records do not know gives no name or no mail."""
    if id_ not in registry.officers and not (person["name"] and person["mail"]):
        raise Misread(
            Message(
                "The records do not know {officer} yet. Nothing was joined. Give --name and --mail "
                "as well.",
                officer=id_,
            )
        )


def refuse_to_overwrite(request: Path) -> None:
    """Raises `Refusal` when the file of a request is there already."""
    if request.exists():
        raise Refusal(
            Message(
                "There is already a file {path}; it was left as it is. Nothing was changed. Name "
                "another with --request.",
                path=str(request),
            )
        )


def settle_in(clone: Clone, officer_id: OfficerId, signer: Signer) -> None:
    """Let stock Git in the clone sign as the officer, whom its records know. Raises `OSError`."""
    from soptui.records.clone.config import prepare

    officer = clone.desk(officer_id).officer
    prepare(clone.repository.directory, officer=officer, key=signer.key_path)
