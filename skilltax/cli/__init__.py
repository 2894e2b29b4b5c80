"""The command line: one thin module a group of commands."""

from skilltax.cli.main import app, main

__all__ = ["app", "main"]
