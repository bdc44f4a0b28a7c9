"""Pages of the kernel: audit, parameters, regions, long work. The kernel itself knows no permissions."""
