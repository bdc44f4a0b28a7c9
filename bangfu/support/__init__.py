"""Who helps whom: ties, teams, visits, meetings, supervision, and the papers that follow."""
