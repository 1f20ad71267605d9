"""What a campaign found: the promises that were broken, told once, and the exit code that says so."""

from __future__ import annotations

from collections.abc import Iterable


class Findings:
    """Violations as sentences; those with the same text once."""

    def __init__(self) -> None:
        self.violations: list[str] = []

    def check(self, is_kept: bool, broken: str) -> bool:
        """Notes `broken` unless the promise `is_kept`. Returns `is_kept`."""
        if not is_kept and broken not in self.violations:
            self.violations.append(broken)
        return is_kept

    def add(self, violations: Iterable[str]) -> None:
        """Notes all of `violations`."""
        for broken in violations:
            self.check(False, broken)

    def exit_code(self, most: int = 40) -> int:
        """Prints what was broken (the first `most`). 1 if anything was, else 0."""
        for broken in self.violations[:most]:
            print(f"  VIOLATION  {broken}")
        print(f"{len(self.violations)} violations")
        return 1 if self.violations else 0
