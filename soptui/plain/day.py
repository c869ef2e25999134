"""The round of a day: what waits, which case, search, register, send, what was signed today."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from msgspec import Struct

from soptui.desk.actions.table import info_of
from soptui.desk.clock import clock_fault
from soptui.desk.desk import Desk
from soptui.desk.forms.drafts import kept_drafts
from soptui.desk.history.signed_today import SignedAct, signed_today
from soptui.desk.sharing.attention import fault_of_key
from soptui.desk.sharing.sharing import Sharing
from soptui.desk.sharing.without_effect import not_seen
from soptui.desk.tray import HEADINGS, tray_of, tray_parts
from soptui.desk.words.moments import kept_ago
from soptui.desk.words.names import officer_line
from soptui.desk.words.who_can import sentence_of
from soptui.domain.case_filter import CaseFilter
from soptui.domain.events import Action
from soptui.domain.ids import CaseId, OfficerId
from soptui.domain.message import N_, Message, Refusal
from soptui.locale import _, clock, moment, translate
from soptui.plain import sharing
from soptui.plain.acting import perform
from soptui.plain.at_case import AtCase
from soptui.plain.questions import ALL, HELP
from soptui.plain.row_words import Fact, case_sentence, sentences, tray_sentences
from soptui.plain.several import act_in_several
from soptui.plain.voice import Voice

_SEVERAL = "b"
_PAGE = 15
"""So many cases are told at once."""
_MOST_OF_A_GROUP = 200
_MOST_FOUND = 500


class _Listed(Struct, frozen=True):
    """A case in the list that was told last; `heading` is that of the group that it begins."""

    case: CaseId
    text: str
    heading: str = ""


class _Wish(Struct, frozen=True):
    """What can be asked for: its key, its name, and what does it."""

    key: str
    label: str
    do: Callable[[], None]


class Day:
    """An officer's day at a desk."""

    def __init__(
        self,
        voice: Voice,
        desk: Desk,
        *,
        sends: bool,
        only_reads: Message | None,
        desks: Mapping[str, Desk] | None = None,
    ) -> None:
        """`sends` brings each act to the hub at once. `only_reads` says why nothing is recorded.

        `desks` are those at which one can sit down, where there are several.
        """
        self._voice = voice
        self._desk = desk
        self._sends = sends
        self._only_reads = only_reads
        self._desks = desks or {}
        self._listed: Sequence[_Listed] = ()
        self._told = 0
        self._wishes: tuple[_Wish, ...] = (
            _Wish("n", info_of(Action.REGISTER).label, self._register),
            _Wish("/", N_("Search"), self._search),
            _Wish("m", N_("More of the list"), self._tell_more),
            _Wish("u", N_("Waiting for me"), self._list_tray),
            _Wish("s", N_("All cases"), self._list_all),
            _Wish(_SEVERAL, N_("Several cases at once"), self._act_in_several),
            _Wish("h", N_("Signed by me today"), self._tell_today),
            _Wish("k", N_("Send and receive"), self._sync),
        )
        if len(self._desks) > 1:
            self._wishes += (_Wish("f", N_("Change desk"), self._change_desk),)

    def work(self) -> None:
        """Until the officer leaves. Raises `Cut` and `KeyboardInterrupt`."""
        self._greet()
        self._list_tray()
        while True:
            answer = self._voice.ask(
                _("Number of a case, n registers a letter, / searches, q ends, ? all:")
            )
            if answer == "q":
                return
            try:
                self._do(answer)
            except Refusal as refusal:
                desk = self._desk
                self._voice.say(sentence_of(refusal, desk.registry, desk.now().date(), desk.sops()))

    def _do(self, answer: str) -> None:
        """Do what is answered. Raises `Refusal` and `Cut`."""
        wish = next((one for one in self._wishes if one.key == answer), None)
        if answer in ("", HELP):
            self._name_wishes()
        elif wish is not None:
            wish.do()
        elif answer.isdecimal():
            self._open_listed(int(answer))
        else:
            self._find(answer.removeprefix("/").strip())

    # --- the beginning --------------------------------------------------------------------------

    def _greet(self) -> None:
        desk, voice = self._desk, self._voice
        officer = desk.registry.officers.get(desk.officer_id)
        who = officer_line(officer, desk.posts()) if officer else ""
        voice.say(sentences((Fact(desk.office.name), Fact(who), moment(desk.now()))))
        key = None if self._only_reads else fault_of_key(desk)
        for said in (self._only_reads, key, clock_fault(desk), desk.fault()):
            if said is not None:
                voice.say(translate(said))
        standing = sharing.standing(Sharing(desk).state())
        if standing:
            voice.say(standing)
        for line in self._drafts():
            voice.say(line)

    def _drafts(self) -> Iterator[str]:
        """What was begun and not signed, and where it goes on."""
        for draft in kept_drafts(self._desk):
            label = _(info_of(draft.action).label)
            age = kept_ago(draft.saved, self._desk.now())
            cases = draft.case.split()
            where = ", ".join(self._desk.agenda_of(CaseId(one)) or one for one in cases)
            if len(cases) > 1:
                yield _("Draft: {act}, together in agenda {numbers}, kept {age}. {key} with these "
                        "cases goes on.",
                        act=label, numbers=where, age=age, key=_SEVERAL)  # fmt: skip
            elif cases:
                yield _("Draft: {act}, agenda {number}, kept {age}. Open the case to go on.",
                        act=label, number=where, age=age)  # fmt: skip
            else:
                key = self._wishes[0].key
                yield _("Draft: {act}, kept {age}. {key} goes on.", act=label, age=age, key=key)

    def _name_wishes(self) -> None:
        self._voice.say(_("A number opens a case of the list. Words search, 12/2026 is a number "
                          "in the mail register."))  # fmt: skip
        for wish in self._wishes:
            self._voice.say(f"{wish.key}. {_(wish.label)}.")
        self._voice.say(f"q. {_('Quit')}.")

    # --- lists ----------------------------------------------------------------------------------

    def _list_tray(self) -> None:
        """What waits, in the groups and the order of the screen."""
        desk = self._desk
        if desk.officer_id not in desk.registry.officers:
            self._list_all()
            return
        tray = tray_of(desk, limit=_MOST_OF_A_GROUP)
        rows = [row for one in not_seen(desk) if (row := desk.row(one)) is not None]
        parts = tuple(tray_parts(tray, rows, desk.overdue_before))
        listed: list[_Listed] = []
        for part in parts:
            heading = f"{_(HEADINGS[part.group])}: {part.count}."
            for case, text in tray_sentences(desk, part):
                listed.append(_Listed(case.id, text, heading))
                heading = ""
        waiting = _("Waiting for you: {count}.", count=tray.counts.all)
        self._voice.say(waiting if parts else _("Nothing waits for you."))
        self._tell(listed)

    def _list_all(self) -> None:
        self._list_cases(CaseFilter(), _("All cases"))

    def _list_cases(self, wanted: CaseFilter, title: str) -> None:
        found = self._desk.cases(wanted)
        self._voice.say(f"{title}: {found.count}.")
        rows = found.page(min(found.count, _MOST_FOUND))
        self._tell([_Listed(row.id, case_sentence(self._desk, row)) for row in rows])

    def _tell(self, listed: Sequence[_Listed]) -> None:
        self._listed, self._told = listed, 0
        self._tell_more(at_first=True)

    def _tell_more(self, *, at_first: bool = False) -> None:
        """Tell the next of the list with their numbers."""
        first = self._told
        self._told = min(len(self._listed), first + _PAGE)
        for number, one in enumerate(self._listed[first : self._told], first + 1):
            if one.heading:
                self._voice.say(one.heading)
            self._voice.say(f"{number}. {one.text}")
        left = len(self._listed) - self._told
        if left:
            self._voice.say(_("{count} more; m tells them.", count=left))
        elif not at_first and first == self._told:
            self._voice.say(_("That was all of the list."))

    # --- cases ----------------------------------------------------------------------------------

    def _open_listed(self, number: int) -> None:
        if not 0 < number <= len(self._listed):
            self._voice.say(
                _("The list has no number {number}. /{number} searches for it in the mail "
                  "register.", number=number)
            )  # fmt: skip
            return
        self._open(self._listed[number - 1].case)

    def _open(self, case_id: CaseId) -> None:
        if AtCase(self._voice, self._desk, case_id, self._signed).stay():
            # The numbers of the list are others now.
            self._list_tray()

    def _register(self) -> None:
        if perform(self._voice, self._desk, Action.REGISTER, None):
            self._signed()

    def _search(self) -> None:
        words = self._voice.ask(_("Words, or a number in the mail register:"))
        if words:
            self._find(words)

    def _find(self, words: str) -> None:
        """Open the case of a number in the mail register, or list those that have the words."""
        if words.replace("/", "").isdecimal():
            self._open(self._desk.find_case(words))
        elif words:
            self._list_cases(CaseFilter(text=words), _("Found for {words}", words=words))

    def _act_in_several(self) -> None:
        """One act in several cases of the list."""
        question = _("Numbers of the list, with blanks between; {all} for all, empty goes back:",
                     all=ALL)  # fmt: skip
        while answer := self._voice.ask(question):
            chosen = self._chosen_of_list(answer)
            if chosen is not None:
                if act_in_several(self._voice, self._desk, chosen):
                    self._signed()
                    self._list_tray()
                return

    def _chosen_of_list(self, answer: str) -> Sequence[CaseId] | None:
        """The cases of these numbers; None where one is no number of the list, which is said."""
        if answer == ALL:
            return tuple(dict.fromkeys(one.case for one in self._listed))
        chosen = []
        for text in answer.replace(",", " ").split():
            if not text.isdecimal() or not 0 < int(text) <= len(self._listed):
                self._voice.say(_("The list has no number {number}.", number=text))
                return None
            chosen.append(self._listed[int(text) - 1].case)
        return tuple(dict.fromkeys(chosen))

    def _change_desk(self) -> None:
        """Sit down at the desk of another officer."""
        names = tuple(self._desks)
        registry, today = self._desk.registry, self._desk.now().date()
        for number, name in enumerate(names, 1):
            officer = registry.officers.get(OfficerId(name))
            who = officer_line(officer, officer.posts_on(today)) if officer else name
            self._voice.say(f"{number}. {who}.")
        answer = self._voice.ask(_("Number of the desk, empty stays here:"))
        if answer.isdecimal() and 0 < int(answer) <= len(names):
            self._desk = self._desks[names[int(answer) - 1]]
            self._greet()
            self._list_tray()
        elif answer:
            self._voice.say(_("The list has no number {number}.", number=answer))

    # --- sharing and the log --------------------------------------------------------------------

    def _signed(self) -> None:
        """After each act: send it, where that is wanted; else say that it is not sent."""
        if self._sends:
            sharing.send(self._voice, self._desk)
            return
        standing = sharing.standing(Sharing(self._desk).state())
        if standing:
            self._voice.say(standing)

    def _sync(self) -> None:
        sharing.sync(self._voice, self._desk)
        self._list_tray()

    def _tell_today(self) -> None:
        today = signed_today(self._desk)
        self._voice.say(_("Signed by you today: {count}.", count=len(today.acts)))
        for act in today.acts:
            self._voice.say(sentences(_act_words(act)))


def _act_words(act: SignedAct) -> Iterator[str]:
    yield clock(act.at)
    yield _(info_of(act.action, is_review=act.is_review).done) if act.action else act.path
    if act.agenda or act.case:
        yield _("agenda {number}", number=act.agenda or act.case)
    if act.to:
        yield _("to {who}", who=", ".join(act.to))
    yield _("proof {commit}", commit=act.commit[:10])
    if act.is_sent is not None:
        yield _("sent") if act.is_sent else _("NOT SENT YET")
