"""What the product takes against peers, measured in one run."""
