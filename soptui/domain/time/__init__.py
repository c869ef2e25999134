"""Working time: calendars, norm times against it, what is due, what was in time.

| where | what |
| --- | --- |
| `calendar` | holidays, hours and Ramadan of a year, as circulars set them |
| `working_calendar` | which seconds of all years are worked |
| `normtime` | a norm time as an SOP prints it |
| `worktime` | time that was worked, and when a span of it ends |
| `timing` | one stay of a case against its norm: deadline, used, late |
| `plan` | when the steps to come would be due |
| `due_soon` | when a stay is due, for thousands of cases |
| `timeliness` | figures over many cases |
| `weeks` | how week followed week: late at each step, cases that came, that were finished |
"""
