"""Subject, region, change history, audit, money, dated parameters and jobs: what every room stands on."""
