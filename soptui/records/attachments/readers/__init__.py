"""What reads strangers' files, in the worker only: nothing else imports these modules.

| where | what |
| --- | --- |
| `pdf` | PDF |
| `office_files`, `archive` | documents that are archives, and their parts |
| `documents`, `open_document` | the paragraphs of Word; texts and sheets of OpenDocument |
| `workbook`, `rows` | the sheets of Excel; the rows of a table as lines |
| `cell_format`, `cell_sections` | a value as its cell shows it, by the format of the cell |
| `cell_numbers`, `cell_signs`, `cell_dates` | numbers and days in Indonesian signs |
| `lists` | CSV and TOML that hold lists for the office file |
| `probe` | tries what no reader may, to tell whether the confinement holds |
"""
