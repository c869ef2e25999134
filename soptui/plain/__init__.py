"""The plain face: a whole day's work as questions and sentences, one fact a line.

For whoever works by ear, by braille line, or on a terminal that can only write lines. It stands
beside the screen and the commands, and asks the same desk for the same forms.

| where | what |
| --- | --- |
| `start` | opens the conversation at a desk, and says how it ended |
| `day` | the round of a day: what waits, choose, search, send, what was signed today |
| `at_case` | one case: what it is, what can be done, its files and its history |
| `acting` | an act from its first question to its receipt |
| `target` | what an act is done to: a letter or one case, or several by one form |
| `several` | one act in several cases of the list |
| `questions` | one question for each kind of field |
| `case_words`, `row_words` | a case, and cases in lists, as sentences |
| `sharing` | sending and receiving, and what there is to say of it |
| `voice` | what is said and asked: lines out, lines in, and the end of these |
"""
