"""The verifier: whether a history may be accepted, and by which rule it may not.

| where | what |
| --- | --- |
| `walk` | from a verified commit to a new tip; its docstring is the list of all that is checked |
| `ancestry` | which commits those are, and in which order |
| `identity` | whose signature a commit bears |
| `judged` | a commit with what it is judged against |
| `event` | the rules for one event of one case |
| `administration`, `admin_rules` | those for officers, SOPs, calendars, the office, and merges |
| `register` | those for a register of indicators |
| `tip_files` | what a commit changed, guessed from the newest files and then proven |
| `read_ahead`, `read_ahead_worker` | signatures checked in a process beside |
| `version` | of the rules, so that what older ones accepted is checked again |

What it finds are `soptui.domain.findings`.
"""
