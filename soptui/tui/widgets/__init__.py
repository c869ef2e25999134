"""Widgets that know nothing of offices: lines, tables, and the bars around them.

All of them are `painted`: they draw lines of toned text row by row. A `table` asks for its rows
from `sources`, and lays them out by `columns`.
"""
