"""Records shared with others, over a hub or a flash disk, and statements about them.

| where | what |
| --- | --- |
| `sync` | bringing a clone and the hub, or a line from a disk, to one history |
| `sync_run` | one run of it: fetched, verified, joined, pushed |
| `portions`, `arrival` | a line cut into what one push carries; fetched so that what came stays |
| `repair` | objects that a clone has lost, fetched anew |
| `scratch` | folders to work in, which no kill leaves behind for good |
| `merging` | the union merge, and own commits made again on top |
| `remote`, `ssh` | fetch and push through Git, asked nothing; keys and servers |
| `transfer` | one run of Git that moves records, ended when nothing moves |
| `bundle` | records written to one file, and read from one |
| `join`, `request` | a clone nobody trusts yet; the request of somebody who wants to join |
| `result`, `state` | what a sync came to; what is remembered between two |
| `checkpoint` | a signed statement of how far the records have come |
"""
