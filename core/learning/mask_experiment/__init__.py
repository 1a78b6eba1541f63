"""What masks over video cost: an oracle reviewer, our rounds, and other ways of labelling."""
