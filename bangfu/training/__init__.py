"""Training and experts: needs, courses, participation, follow-up; forums; experts' service orders."""
