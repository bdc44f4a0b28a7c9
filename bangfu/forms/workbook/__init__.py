"""Screening sheets as a workbook: a household a row, filled in Excel or WPS and read back (C-184)."""
