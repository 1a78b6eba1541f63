"""What helps whoever helps others: the machine examined, and a bundle that names nobody."""
