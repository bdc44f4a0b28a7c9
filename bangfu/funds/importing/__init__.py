"""Lists that come in: households to be paid, the bank's answers, the county's fund table."""
