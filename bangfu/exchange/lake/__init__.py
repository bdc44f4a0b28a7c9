"""Departments' lists as Parquet files of facts: written, found again, tied to people (docs/adr/0010)."""
