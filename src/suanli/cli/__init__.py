"""Words of the command line to one call each, and problems to exit codes; may import every room."""

from suanli.cli.entrance import main

__all__ = ["main"]
