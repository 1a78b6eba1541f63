"""What stands between two pictures or two runs; and scopes, which measure one picture."""
