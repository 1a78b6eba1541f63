"""Networks, their weights and how they are run. Only the worker's side imports this room."""
