"""What to ask next: uncertainty, clusters, budgets; pure functions over arrays."""
