"""The base of what the product says when it cannot do what it was asked. Lowest layer, so every package can use it."""

from __future__ import annotations


class Refusal(Exception):
    """The base of every error meant for an officer. Shown without a traceback; exit code 2 on the command line.

    `str(refusal)` is one Vietnamese sentence. Nothing has been changed when it is raised.
    """
