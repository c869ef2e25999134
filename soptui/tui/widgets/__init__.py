"""Widgets that know nothing of offices: lines, tables, and the bars around them."""
