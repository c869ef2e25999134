"""What is odd about an administrative change, though no rule forbids it.

| where | what |
| --- | --- |
| `appointments` | odd posts: two definitive holders, a Plt beyond three months |
| `slips` | changes that are easily made by mistake, and are asked about before they are signed |
| `office_parts` | the office file's lists, and what names their entries |
| `office_change` | how one office file differs from another, and two changes joined |
| `nip` | the form of a civil servant's number |
"""
