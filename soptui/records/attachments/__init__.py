"""The text of attached files, taken out by a process of its own.

| where | what |
| --- | --- |
| `text` | what a terminal can show of an attachment |
| `lists` | lists for the office file, as rows |
| `kinds`, `plain` | what kind of file it is, by its bytes; plain text in any usual encoding |
| `worker`, `worker_process` | the process that reads a stranger's file: started, and inside |
| `confinement` | what that process can no longer do |
| `answers` | how it answers, or says that a file cannot be read |
| `readers/` | the readers of PDF, Word, OpenDocument and Excel, which only it loads |
"""
