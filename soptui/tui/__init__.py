"""The Textual face: full-screen work at one officer's desk. Only here is Textual known."""
