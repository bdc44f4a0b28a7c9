"""Who may see and do what: users, permissions, roles, row scope, masking, encryption."""
