"""What choosing questions is worth: verdicts needed on a domain that was not learned from."""
