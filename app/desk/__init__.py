"""What the owner does: inbox and cases, customers, replies, bells, watches."""
