"""Where choices stand, and where the arrows go: a few are read across, a printed list downwards."""

from __future__ import annotations

from soptui.domain.events import Action
from soptui.tui.forms.editors.choices import ChoiceEditor
from tests.tui.forming import Office, Person, at_screen, form_of


def lines_with(person: Person, *words: str) -> list[str]:
    """The line of the screen that has each of the words."""
    lines = person.sees().splitlines()
    return [next(line for line in lines if word in line) for word in words]


async def test_four_choices_in_two_lines_are_read_from_left_to_right(office: Office) -> None:
    form = form_of(office.desk("penerima-surat"), Action.REGISTER)
    async with at_screen(form) as pilot:
        clerk = Person(pilot)
        first, second, third, fourth = lines_with(
            clerk, "1. Biasa/Terbuka", "2. Terbatas", "3. Rahasia", "4. Sangat rahasia"
        )
        assert first == second != third == fourth
        assert first.index("1. Biasa/Terbuka") < first.index("2. Terbatas")
        assert third.index("3. Rahasia") < third.index("4. Sangat rahasia")


async def test_the_arrows_go_where_the_choices_stand(office: Office) -> None:
    form = form_of(office.desk("penerima-surat"), Action.REGISTER)
    async with at_screen(form) as pilot:
        clerk = Person(pilot)
        editor = form.rows["security"].editor
        assert isinstance(editor, ChoiceEditor)
        editor.focus()
        went = []
        for key in ("right", "right", "down", "left", "left", "up"):
            await clerk.presses(key)
            went.append(editor.cursor)
        assert went == [1, 1, 3, 2, 2, 0]
        await clerk.presses("down", "down")
        assert clerk.focused() is form.rows["received"].editor


async def test_the_numbered_instructions_are_read_downwards_as_on_paper(office: Office) -> None:
    office.letter_arrives()
    office.is_received_by("camat")
    form = form_of(office.desk("camat"), Action.DISPOSE, office.case)
    async with at_screen(form, (100, 40)) as pilot:
        camat = Person(pilot)
        editor = form.rows["instructions"].editor
        assert isinstance(editor, ChoiceEditor)
        editor.focus()
        texts = [str(choice.label) for choice in editor.field.choices]
        first, second = lines_with(camat, texts[0], texts[1])
        assert camat.sees().splitlines().index(second) == camat.sees().splitlines().index(first) + 1
        await camat.presses("down")
        assert editor.cursor == 1
        await camat.presses("up", "right")
        assert editor.cursor > 2


async def test_keys_where_nothing_is_left_to_choose_do_no_harm(office: Office) -> None:
    form = form_of(office.desk("penerima-surat"), Action.REGISTER)
    async with at_screen(form) as pilot:
        clerk = Person(pilot)
        editor = form.rows["security"].editor
        assert isinstance(editor, ChoiceEditor)
        for leaves in ("enter", "down"):
            editor.offer(())
            editor.focus()
            for key in ("t", "1", "space", "asterisk", "end", "home", "right", "left", "comma"):
                await clerk.presses(key)
                editor.focus()
            assert editor.filled == ""
            assert editor.cursor == 0
            await clerk.presses(leaves)
            assert clerk.focused() is not editor
