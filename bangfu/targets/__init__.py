"""Targets by place and period, split so that the parts add up; what was reached comes from records."""
