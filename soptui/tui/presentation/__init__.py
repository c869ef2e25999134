"""Pictures: cases, SOPs and people drawn as lines of toned text, without a screen.

Each module is named after what it draws; `facts` is what they need to know of the office.
"""
