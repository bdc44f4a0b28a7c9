"""What a screening hands out: clues workbook, receipts, JSON, summary."""
