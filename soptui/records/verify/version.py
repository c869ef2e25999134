"""The version of the rules, apart from the verifier: who only compares it need not load that."""

VERSION = 5
"""Grows when the rules change, so that what an older verifier accepted is checked again."""
