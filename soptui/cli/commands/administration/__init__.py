"""The commands by which an office is set up and kept: its file, people, SOPs and calendars.

| where | what |
| --- | --- |
| `init` | an office's records, founded |
| `officer` | people, their posts and their keys |
| `sop`, `calendar` | SOPs and working calendars |
"""
