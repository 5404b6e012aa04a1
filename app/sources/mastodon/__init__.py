"""What is read of servers that speak Mastodon's interface: Mastodon, GoToSocial, Pleroma and their kin."""
