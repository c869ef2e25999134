"""The commands by which an office is set up and kept: its file, people, SOPs and calendars.

| where | what |
| --- | --- |
| `init` | an office's records, founded |
| `office` | the office file: facts, lists, what is withdrawn |
| `officer` | people, their posts and their keys |
| `sop`, `calendar` | SOPs and working calendars |
"""
