"""What the stand-in for the upstreams is made of: an invented world and the protocols that publish it."""
