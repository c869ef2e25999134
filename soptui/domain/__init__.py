"""What the office does: pure rules and data, without input, output or a clock.

| where | what |
| --- | --- |
| `ids` | ids that are not interchangeable |
| `sop`, `office`, `events` | a procedure; the office and its people; what an officer can do |
| `case`, `path` | a case, as its events have made it; the steps by which it came here |
| `gate`, `authority`, `separation` | who may do what now, and why not; duties kept apart |
| `actions/` | of each action: who may, what must fit, and what it makes of the case |
| `fold` | from events to a case, in the order in which they were accepted |
| `review` | what lies before whoever decides on a document, and its way here |
| `seen` | the case as the author of an event can have seen it |
| `time/` | calendars, working time and what is due; a norm time as it is printed |
| `measure/` | figures: indicators, and the tables made of them |
| `sop_check/`, `swimlane` | what is wrong with an SOP; its flowchart by lanes |
| `administration/` | what is odd about an administrative change, though no rule forbids it |
| `findings`, `checkpoint` | what the verifier finds; a statement of how far the records came |
| `case_list`, `case_filter`, `receipt`, `attachment_text` | plain data handed out and asked by |
| `message`, `text`, `system_fault` | sentences with values; text from outside; faults of files |
| `size`, `file_name` | the size of a file in words; names that every system can keep |
| `replace` | a changed copy of a record, checked by type |
"""
