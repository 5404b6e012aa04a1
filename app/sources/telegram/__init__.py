"""What is read of Telegram: its public pages, and what a bot of the shop's own is told."""
