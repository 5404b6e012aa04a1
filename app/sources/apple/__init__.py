"""What both App Store sources share."""
