"""Public notices and announcements: composed, checked, posted, objected to, taken down."""
