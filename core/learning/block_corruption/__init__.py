"""Teaching the network that sees block corruption, and measuring what it learned."""
