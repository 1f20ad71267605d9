"""What the product says when it cannot do what it was asked: one Vietnamese sentence that says what to do next."""

from __future__ import annotations

from plans.errors import Refusal

__all__ = ["Refusal"]
