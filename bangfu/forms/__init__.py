"""Sweeps: campaigns from house to house, and the sheets that are filled in them.

A sheet is a form written down as data (``shipped/*.yaml``); a county may publish versions of its own.
"""
