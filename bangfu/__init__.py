"""Bangfu 帮扶: the county workbench for targeted poverty alleviation."""

__version__ = "0.1.0"
