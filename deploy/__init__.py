"""What runs the site for a city: unit files, the nginx site and the program that writes it."""
