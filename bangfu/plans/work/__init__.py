"""What waits on the workbench."""
