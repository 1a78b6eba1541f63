"""What a choice of questions is worth: verdicts needed on a domain that nothing was learned from."""
