"""The curated taxonomy: its records, how they are read, checked and kept."""
