"""Views of the kernel's pages, a module a subject."""
