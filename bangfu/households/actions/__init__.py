"""The register's writers, one module a business step or a family of them."""
