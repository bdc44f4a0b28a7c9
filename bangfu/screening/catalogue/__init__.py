"""Datasets, indicators, parameters and rules: YAML files and the model they are checked against."""
