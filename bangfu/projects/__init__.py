"""Projects: a library, a life with its papers, and what it brought (issue 6; C-010, C-025, C-131)."""
