"""soptui: walk cases through a Standard Operating Procedure, as signed records in Git."""

__version__ = "0.1.0"
