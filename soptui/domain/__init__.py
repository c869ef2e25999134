"""What the office does: pure rules and data, without input, output or a clock."""
