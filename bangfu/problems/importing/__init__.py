"""Problem lists brought as workbooks."""
