"""How the office's records are kept: canonical TOML, signed, in Git.

| where | what |
| --- | --- |
| `hub/` | the office's shared repository: made, checked, and the keys that may reach it |
| `sharing/` | sync, merges, flash disk, joining, checkpoints |
| `index/` | a derived SQLite index, from which lists are read |
| `clone/` | one clone: trusted, verified, read, and added to |
| `verify/` | whether a history may be accepted, and by which rule it may not |
| `files/` | what each file and each commit message looks like, and what they hold |
| `git/` | objects, trees, refs and history, by object id; nothing in it knows an office |
| `keys/`, `attachments/` | SSH keys and signatures; the text of attached files |
| `platform/` | the machine beneath: private files, limits, programs, processes |

A folder imports only from those below it, which a contract holds.

Three modules stand here because files outside this tree name them, and they must not move:
`hook` and `serve` are written into every hub, `merge_driver` into every clone. A hub whose program
is not found refuses every push.
"""
