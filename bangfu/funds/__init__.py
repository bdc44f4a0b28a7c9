"""Every yuan from the notice that brings it to the voucher and the household it reaches."""
