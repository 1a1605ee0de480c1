"""Who is compared with whom, and from when."""
