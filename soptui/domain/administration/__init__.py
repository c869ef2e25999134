"""What is odd about an administrative change, though no rule forbids it.

| where | what |
| --- | --- |
| `appointments` | odd posts: two definitive holders, a Plt beyond three months |
| `slips` | changes that are easily made by mistake, and are asked about before they are signed |
| `nip` | the form of a civil servant's number |
"""
