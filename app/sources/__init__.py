"""The places that are listened to: what a source asks of the network, and how its answers become mentions."""
