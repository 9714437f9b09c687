"""What must fail the test that caused it: unknown routes and breaches of the schema."""

from __future__ import annotations


class ProtocolBreach(AssertionError):
    """Raised when the server closes with findings that no test has taken."""


class Findings:
    def __init__(self) -> None:
        self._found: list[str] = []

    def add(self, finding: str) -> None:
        if finding not in self._found:
            self._found.append(finding)

    def take(self) -> list[str]:
        """All findings so far, which then no longer fail the test."""
        found, self._found = self._found, []
        return found

    def raise_if_any(self, transcript: str) -> None:
        if self._found:
            listed = "\n".join(f"- {finding}" for finding in self._found)
            raise ProtocolBreach(f"Discord's protocol was breached:\n{listed}\n\n{transcript}")
