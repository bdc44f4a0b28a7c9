"""Forms as data: what a sheet asks, of whom, and what an answer means."""
