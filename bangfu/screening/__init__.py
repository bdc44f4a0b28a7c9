"""The rule engine: catalogue, linking, compiling, engines, explaining.

Pure: no Django. May import :mod:`bangfu.tabular`, never the reverse.
"""
