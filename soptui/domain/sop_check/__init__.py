"""Every defect of an SOP, with its row.

| where | what |
| --- | --- |
| `check` | all defects, the gravest first |
| `identity` | those of the identity part |
| `rows` | those of the table: numbers, roles, norms, ways back |
| `walk` | rows that no case reaches or leaves, and decisions on nothing |
| `wording` | those of what is written in the cells |
| `defect` | what a defect is |
"""
