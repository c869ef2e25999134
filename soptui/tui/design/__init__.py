"""How every screen looks: header, foot and columns as rules, drawn as lines without a screen.

`docs/screen-design.md` tells a new screen what it needs of it.
"""
