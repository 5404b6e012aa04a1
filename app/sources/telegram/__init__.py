"""What is read of Telegram's public pages."""
