"""The machine beneath: files, limits, and programs that are started.

| where | what |
| --- | --- |
| `private_files` | the user's own files, and the folder for them |
| `plain_file` | files that somebody named, read with a limit and never through a pipe |
| `limits` | memory, time and disk of a Git that reads what others have made |
| `programs` | which programs there are, and their versions |
| `processes` | parts of soptui started as processes |
| `openssh` | the programs of OpenSSH, asked without a terminal |
"""
