"""Tables of defined ledgers brought as workbooks."""
