"""A derived index of the verified records, which lists are read from; it can be thrown away.

| where | what |
| --- | --- |
| `index` | the file: made, brought up to date, put away when it is damaged |
| `schema` | its tables, and how a case is written into them |
| `queries` | the questions that it answers |
| `rows` | how a row becomes plain data |
| `case_scan` | thousands of case files folded at once, by their shape |
| `agenda` | the order of registrations, which gives each letter its number |
"""
