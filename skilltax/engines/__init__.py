"""Ways of tagging many postings: in this process or in several."""
