"""What each file and commit of the records looks like: paths, canonical TOML, readers, writers.

| where | what |
| --- | --- |
| `layout` | every path there is |
| `codec`, `codec_grammar`, `codec_writer` | the one spelling of a TOML document, both ways |
| `tables` | a document read key by key, with a fault that names its place |
| `case`, `event_keys` | a case's file; the keys of an event's block |
| `office`, `sop`, `calendar` | the office and its officers, SOPs, calendars |
| `register` | the register of indicators of an agreement |
| `handwritten` | SOPs and calendars in any spelling, made canonical |
| `commit_message` | subject and trailers: written, read, searched for |
| `change_message` | the message of an administrative change, from what it changes |
| `union` | two sides of a case's file joined |
| `snapshot` | all of it as it stands at one tree |
| `uses` | who names an entry of the office file's lists |
"""
