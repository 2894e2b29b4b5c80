"""The curator's loop: what the taxonomy misses, what a posting left unread, and what a change would do."""
