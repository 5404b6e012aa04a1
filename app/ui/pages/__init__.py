"""The pages of the window: each shows one thing and asks the desk through the bench."""
