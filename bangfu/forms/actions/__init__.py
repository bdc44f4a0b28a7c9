"""Actions of sweeps, the only writers of this room."""
