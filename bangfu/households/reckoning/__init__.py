"""How income, periods, water and standing are reckoned; the catalogues it is done by."""
