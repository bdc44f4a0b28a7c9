"""What can go wrong with a backup."""


class BackupError(Exception):
    """A backup or restore that did not happen; the message is a Chinese sentence."""
