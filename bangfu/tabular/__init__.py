"""Reads and writes workbooks and CSV as people really make them.

Pure: no Django, no datasets. It knows sheet specifications (:mod:`bangfu.tabular.spec`): which columns a
kind of sheet has, how they may be spelt and what a cell may hold.
"""
