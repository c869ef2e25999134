"""Git's objects, refs, trees and history, by object id. Nothing here knows an office.

| where | what |
| --- | --- |
| `process` | running Git so that nothing but our own arguments decides what it does |
| `settings` | the settings of a repository, read and written |
| `objects` | objects read with every byte hashed again, written to survive a power cut |
| `prefetch` | many objects read at once, before they are needed |
| `commit` | a commit taken apart, and a signed one built |
| `trees`, `tree_cache` | trees changed byte by byte; computed, compared and kept by id |
| `odd_trees` | what differs in a tree that the records may not hold |
| `refs`, `locks` | the names that lines have, moved by compare-and-swap; locks left by a kill |
| `history` | which commits there are, and how they lie to each other |
| `ownership`, `stock_git` | whose a repository is; what Git says as a person would ask it |
"""
