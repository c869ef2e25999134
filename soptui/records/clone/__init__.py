"""One clone: what it trusts, what stands in it, and how it is added to.

| where | what |
| --- | --- |
| `verified` | a clone opened, verified, and read at its verified tip |
| `repository` | the same, added to |
| `committing` | one signed commit on the main line |
| `signatory` | who signs: what a desk is to whatever writes |
| `genesis` | a new office: its first commit, and the starter records |
| `refusals` | why one is not opened, not shown or not written to |
| `trust` | what is pinned and how far it was verified, kept outside the records |
| `worktree` | the files that people see, brought to the verified tip |
| `additions` | what one state of the records has beyond another |
| `lost` | objects that it has lost: whether there are, and which |
| `shape` | where its Git directory is, and what a folder is called that holds no clone |
| `standing` | where Git by hand stands, and what it left half done |
| `config`, `config_check` | the settings that stock Git needs; those that could mislead it |
"""
