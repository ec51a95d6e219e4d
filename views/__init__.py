"""How things look and what they are called: the only rooms besides pages/ and dashboard.py that know streamlit."""
