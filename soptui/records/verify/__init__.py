"""The verifier: every rule that a history must keep, and a finding for each that it breaks."""
