"""Forms on the screen: any form of the desk drawn, filled in by keyboard, previewed and signed."""

from soptui.tui.forms.form import FormScreen
from soptui.tui.forms.one_case import OneCase
from soptui.tui.forms.several_cases import SeveralCases

__all__ = ["FormScreen", "OneCase", "SeveralCases"]
