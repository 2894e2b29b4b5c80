"""Job postings: what they are, how they are read, and the cleaned view that is matched."""
