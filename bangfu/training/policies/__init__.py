"""What the situation allows; each check raises SituationForbids with a Chinese reason."""
