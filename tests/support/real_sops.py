"""Real SOPs of other offices, taken down as facts, and said as SOPs as far as the format goes.

The facts stand in `tests/real_sops`, one file an SOP, each with its `source`; its README explains
them. No row is invented: a printed row with several actors in turn becomes several steps.
"""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

from soptui.domain.ids import RoleId, SopId
from soptui.domain.sop import (
    END,
    REGISTRATION,
    Endorsement,
    Identity,
    PartialDate,
    ReturnEdge,
    ReturnReason,
    Role,
    Sop,
    Step,
    StepKind,
    Way,
)
from soptui.domain.sop_check.check import check
from soptui.domain.time.normtime import parse_norm_time

FOLDER = Path(__file__).parent.parent / "real_sops"
NAMES = sorted(path.stem for path in FOLDER.glob("*.toml"))

REASON = ReturnReason("perlu-perbaikan", "Perlu perbaikan")

_DISPOSES = re.compile(r"^(?:memberi(?:kan)? (?:disposisi|perintah)|mendisposisi)", re.IGNORECASE)
_APPROVES = re.compile(
    r"menyetujui|persetujuan|pengesahan|menandatangani|menetapkan|melegalisasi", re.IGNORECASE
)
_STATE = re.compile(
    r"diterima|terkirim|ditindaklanjuti|\bsiap\b|selesai|tersimpan|muncul|teragenda|terarsip|diantar"
    r"|disampaikan|^notifikasi|tervalidasi|progress",
    re.IGNORECASE,
)
_CHECKS = re.compile(r"memeriksa|meneliti|memparaf|paraf", re.IGNORECASE)


def facts_of(name: str) -> dict[str, Any]:
    """The facts of an SOP, as they were taken down."""
    return tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))


def real_sop(name: str) -> Sop:
    """The SOP that the facts say."""
    facts = facts_of(name)
    walked = _walked(facts)
    return Sop(
        id=SopId(facts["id"][:32].strip("-")),
        version=1,
        identity=_identity(facts),
        head=RoleId(facts["head"]),
        roles=tuple(
            Role(RoleId(one[0]), one[1], one[2], outside=one[3] == "external")
            for one in facts["roles"]
        ),
        registration=Step(
            REGISTRATION,
            f"Mencatat: {facts['start_what']}",
            StepKind.REGISTER,
            RoleId(facts["intake"]),
        ),
        steps=tuple(_step(facts, walked, place) for place in range(len(walked))),
        filed_by=RoleId(facts["intake"]),
        return_reasons=(REASON,),
    )


def _identity(facts: dict[str, Any]) -> Identity:
    known = facts.get("identity", {})
    position = known.get("endorsed", "Kepala")
    return Identity(
        title=facts["title"],
        number=known.get("number", ""),
        agency=facts["office"],
        address="",
        created=_date(known.get("created")),
        revised=_date(known.get("revised")),
        # Where the source shows no identity page a day stands in, or no SOP could be in force.
        effective=_date(known.get("effective", "2020-01-01")),
        review_due=None,
        endorsed_by=Endorsement(position, f"{position} (nama tidak dicatat)", "", ""),
        **{
            key: tuple(known.get(key, ()))
            for key in (
                "legal_bases", "related", "qualifications", "equipment", "warnings",
                "records_kept",
            )
        },
    )  # fmt: skip


def _date(text: str | None) -> PartialDate | None:
    return PartialDate(*map(int, text.split("-"))) if text else None


def _walked(facts: dict[str, Any]) -> list[tuple[dict[str, Any], str, bool]]:
    """What is walked: each row once for each of its actors in turn, and whether it is the last."""
    outside = {role[0] for role in facts["roles"] if role[3] == "external"}
    found = []
    for row in facts["rows"]:
        turns = [re.split(r"[+|]", turn) for turn in row["who"].split(">")]
        actors = [next((one for one in turn if one not in outside), turn[0]) for turn in turns]
        found += [(row, actor, place == len(actors) - 1) for place, actor in enumerate(actors)]
    return found


def _step(facts: dict[str, Any], walked: list[tuple[dict[str, Any], str, bool]], at: int) -> Step:
    row, actor, is_last = walked[at]
    is_outside = any(one[0] == actor and one[3] == "external" for one in facts["roles"])
    number = at + 1
    first_of: dict[str, int] = {}
    for place, (one, _, _) in enumerate(walked, start=1):
        first_of.setdefault(one["n"], place)
    edges = [one.rpartition(">")[::2] for one in row.get("next", ())] if is_last else []
    back = [first_of[to] for _, to in edges if first_of.get(to, number) < number]
    ahead = [
        Way(first_of.get(to, END), label)
        for label, to in edges
        if first_of.get(to, END) not in back
    ]
    following = at + 1 < len(walked)
    if not back and len(ahead) == 1 and ahead[0].to == (number + 1 if following else END):
        ahead = []
    # The cells belong to the printed row: its time to the last of its actors in turn.
    is_first = at == 0 or walked[at - 1][0] is not row
    printed = row.get("time", "") if is_last else ""
    made = any(one.get("output") for one, _, _ in walked[:at])
    kind = StepKind.WORK
    if _DISPOSES.search(row["do"]) and following:
        kind = StepKind.DISPOSE
    elif made and not row.get("output") and _APPROVES.search(row["do"]):
        kind = StepKind.APPROVE
    elif made and not row.get("output") and _CHECKS.search(row["do"]):
        kind = StepKind.REVIEW
    others = [one for one in re.split(r"[>+|]", row["who"]) if one != actor]
    return Step(
        number=number,
        row="" if row["n"] == str(number) else row["n"],
        activity=row["do"],
        kind=kind,
        # Who has no key cannot sign: whoever takes cases in records for them.
        actor=RoleId(facts["intake"] if is_outside else actor),
        stands_for=RoleId(actor if is_outside else ""),
        norm_printed=printed,
        norm=parse_norm_time(printed) if printed and not is_outside else None,
        involved=tuple(dict.fromkeys(map(RoleId, others))),
        requirements=tuple(dict.fromkeys(row.get("need", ()))) if is_first else (),
        output="; ".join(row.get("output", ())) if is_last else "",
        remark=row.get("note", "") if is_first else "",
        returns=tuple(ReturnEdge(to, (REASON.code,)) for to in dict.fromkeys(back)),
        ways=tuple(ahead) if len(ahead) != 1 or ahead[0].to != number + 1 else (),
    )


def losses_of(name: str) -> list[str]:
    """What the facts have and the format does not say yet."""
    facts = facts_of(name)
    rows = facts["rows"]
    found = {
        "start is no letter": facts["start"] != "letter",
        "actors together": any("+" in row["who"] for row in rows),
        "one of two actors": any("|" in row["who"] for row in rows),
        "several outputs of a row": any(len(row.get("output", ())) > 1 for row in rows),
        "outputs that are no files": any(
            _STATE.search(one) for row in rows for one in row.get("output", ())
        ),
        "a row for each of many holders": any(role[3] == "several" for role in facts["roles"]),
    }
    return [what for what, is_so in found.items() if is_so]


def table_row(name: str) -> str:
    """One line of the table of the page about real SOPs."""
    facts, sop = facts_of(name), real_sop(name)
    choices = sum(len(sop.ways_of(step)) > 1 for step in sop.steps)
    back = sum(len(step.returns) for step in sop.steps)
    told = [one for one in check(sop) if one.row is not None]
    cells = (
        f"{facts['title']}, {facts['office']}",
        str(len(facts["rows"])),
        str(len(sop.steps)),
        str(choices),
        str(back),
        str(len(told)),
        ", ".join(losses_of(name)) or "-",
    )
    return "| " + " | ".join(cells) + " |"
