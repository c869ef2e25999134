"""The Textual face: full-screen work at one officer's desk. Only here is Textual known.

- `start` opens the screen on a terminal; `app` is the app; `places` makes each screen by its name.
- `screens` are the places, the case, what lies over them, and how cases are acted upon.
- `forms` draws any form of the desk, keeps drafts, previews, signs.
- `frame` is what all of them are made of: the screen's frame, dialogs, lists, threads, waiting
  keys, the background sync, notifications. Screens know the app as the `Face` in it.
- `presentation` draws cases, SOPs and people as lines of text, without a screen.
- `widgets` paint lines: the table, the filter, tabs, the bar of keys.
- `keys` is the one table of commands, the keys people chose, and keys typed ahead.
- `text` joins, wraps and shortens; `terminal` sends only the cells that changed.
Arrows point down this list only.
"""
