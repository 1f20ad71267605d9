"""The made-up figures of the demonstration: seeded, believable, awkward where it matters. No figure here is real."""

from __future__ import annotations

DEFAULT_SEED = 1426

# Made up: no commune's true standing under Thông tư 15/2010/TT-BCA is known here (thị trấn Sông Đốc).
MINISTER_LIST = frozenset({"32098"})
