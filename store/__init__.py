"""What is known: the tables, the database behind them, and how to read them."""
