"""The screens: one module a place, each imported when it is first shown."""
