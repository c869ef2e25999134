"""Forms on the screen: any form of the desk drawn, filled in by keyboard, previewed and signed."""

from soptui.tui.forms.form import FormScreen

__all__ = ["FormScreen"]
