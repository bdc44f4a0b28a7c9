"""Write docs/compliance.md from the compliance data."""

from __future__ import annotations

from pathlib import Path

from bangfu.access.compliance import as_document

TARGET = Path(__file__).resolve().parents[1] / "docs" / "compliance.md"

if __name__ == "__main__":
    TARGET.write_text(as_document(), "utf-8")
