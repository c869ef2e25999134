"""The office's shared repository: made, checked, and the keys that may reach it.

| where | what |
| --- | --- |
| `hub`, `settings` | making a hub; what every one is set to, and the programs in it |
| `trust` | what a hub trusts from outside, and which tips its hook has accepted |
| `check` | what is unsafe about one: settings, programs, permissions, what lies in it |
| `serving` | from the command that a person types to what serves a hub |
| `authorized_keys` | the lines that let each officer's key reach Git's two services, no more |

What Git runs there are `soptui.records.hook` and `soptui.records.serve`.
"""
