"""What can be done to a case, by verb: who may, what must fit, and what it makes of the case.

A module holds one action, or two that belong together, each as a `Rule` (`rule.py`); `table.py`
lists them all. What several share stands apart: `guards.py` for who may act and when,
`contents.py` for what an event carries, `moves.py` for how a case moves on. What each action
carries is a type of `soptui.domain.events`; the questions are asked through `soptui.domain.gate`,
`.authority` and `.fold`.
"""
