"""The curated taxonomy: its records, how they are read, checked and kept."""

LICENCE = "https://creativecommons.org/licenses/by/4.0/"
