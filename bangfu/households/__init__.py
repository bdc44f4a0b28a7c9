"""The register: households, members, villages and how they change."""
