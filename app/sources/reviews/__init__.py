"""What sources of reviews share: a review has one reply of the shop at most."""
